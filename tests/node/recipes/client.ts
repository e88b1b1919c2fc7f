import { type RetryOptions, detectManagementError, fetchWithRetry, managementOk } from "@tensorloop/errors";

export interface Key {
  alias: string;
}

/** Each method retries as the catalog says, and throws a `ManagementApiError` if that doesn't help. */
export function createClient(baseUrl: string, options: RetryOptions = {}) {
  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const retry = { detect: detectManagementError, ...options };
    const { response } = await fetchWithRetry(new URL(path, baseUrl), init, retry);
    return managementOk(response);
  }

  return {
    async createKey(alias: string): Promise<Key> {
      const response = await send("/api/keys", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({ alias }),
      });
      return (await response.json()) as Key;
    },
  };
}
