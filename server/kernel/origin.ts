/** Host and protocol of an address: what the browser sends as Origin. */
export const originOf = (address: string): string => new URL(address).origin
