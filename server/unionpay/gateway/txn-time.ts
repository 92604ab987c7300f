/**
 * An instant as txnTime: Beijing time, `YYYYMMDDhhmmss` (ACP §9). Kept with the order, since every
 * query needs it.
 */
export const txnTimeOf = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '')
