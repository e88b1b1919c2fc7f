import ky from "ky";
import { detectManagementError, fetchWithRetry, managementOk } from "@tensorloop/errors";

export const api = ky.create({
  retry: 0, // fetchWithRetry does it
  timeout: false, // it would cut a wait; pass a signal instead
  async fetch(input, init) {
    const { response } = await fetchWithRetry(input, init, { detect: detectManagementError });
    return managementOk(response);
  },
});
