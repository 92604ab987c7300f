/** The envelope of every answer (open platform §2.4). */
export type Answer = { resp: string; msg: string; params: Record<string, unknown> }

export const success = (params: Record<string, unknown>): Answer => ({
  resp: '00',
  msg: '成功',
  params,
})

/** UnionPay's failures carry the code in brackets behind the text. */
export const failure = (resp: string, text: string): Answer => ({
  resp,
  msg: `${text}[${resp}]`,
  params: {},
})

/** The 2017–2018 envelope echoes the interface and a version. */
export function envelope(
  answer: Answer,
  interface_name: string,
  generation: 'new' | 'old',
): Record<string, unknown> {
  return generation === 'old'
    ? { cmd: interface_name, msg: answer.msg, params: answer.params, resp: answer.resp, v: '1.0' }
    : answer
}
