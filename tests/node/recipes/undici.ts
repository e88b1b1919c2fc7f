import { Agent, fetch } from "undici";
import { detectManagementError, fetchWithRetry, managementOk } from "@tensorloop/errors";

const dispatcher = new Agent({ connections: 10, headersTimeout: 5_000 });

export async function listKeys(url: string) {
  const { response } = await fetchWithRetry(url, { dispatcher }, { fetch, detect: detectManagementError });
  return (await managementOk(response)).json();
}
