export const CARRIER_1001 = "the address is missing";
export const CARRIER_1009 = "the depot is closed";
export const tooHeavy = { code: 1_002 };
