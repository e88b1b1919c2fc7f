import { detectManagementError, fetchWithRetry, managementOk } from "@tensorloop/errors";

export async function listKeys(url: string): Promise<{ alias: string }[]> {
  const { response } = await fetchWithRetry(
    url,
    // Without a signal, Next.js answers an equal GET in the same render from memory, so each retry would fail alike.
    { next: { revalidate: 60, tags: ["keys"] }, signal: AbortSignal.timeout(20_000) },
    { detect: detectManagementError },
  );
  return (await (await managementOk(response)).json()) as { alias: string }[];
}
