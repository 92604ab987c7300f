/** Integer fen → `¥1,234.50`. The sign stands before the currency. */
export function yuan(fen: number): string {
  const whole = Math.abs(Math.trunc(fen))
  const cents = String(whole % 100).padStart(2, '0')
  const grouped = String(Math.floor(whole / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}¥${grouped}.${cents}`
}

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An ISO instant → `2026-11-22 21:05`, Shanghai time, whatever the phone is set to. */
export function shanghaiTime(iso: string): string {
  const found = new Map(parts.formatToParts(new Date(iso)).map((part) => [part.type, part.value]))
  return `${found.get('year')}-${found.get('month')}-${found.get('day')} ${found.get('hour')}:${found.get('minute')}`
}
