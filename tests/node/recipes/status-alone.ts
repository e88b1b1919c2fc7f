import { fetchWithRetry, inferenceErrorName, inferenceErrors, retryAdviceForStatus } from "@tensorloop/errors";

/** The retry advice for a response. Its body is not read. */
function detect({ status }: Response) {
  if (status < 400) return undefined;
  const name = inferenceErrorName(status);
  const retryAdvice = name === undefined ? undefined : inferenceErrors[name].retryAdvice;
  return { retryAdvice: retryAdvice ?? retryAdviceForStatus(status) };
}

export async function listModels(url: string): Promise<Response> {
  const { response } = await fetchWithRetry(url, {}, { detect });
  return response;
}
