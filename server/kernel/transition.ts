/** A transition table: for each state the states it may become. */
export type Transitions<State extends string> = Record<State, readonly State[]>

/** Whether the table lets `from` become `to`. Staying is never a transition. */
export function mayBecome<State extends string>(
  table: Transitions<State>,
  from: State,
  to: State,
): boolean {
  return table[from].includes(to)
}
