import { read } from './request.ts'

export type Authorization =
  | { ok: true; redirect: string }
  | { ok: false; errorcode: string; errmsg: string; redirect: string | null }

/** Asks the sandbox to authorise with the query this page was opened with, exactly as it arrived. */
export function authorize(): Promise<Authorization> {
  return read<Authorization>(`/_pages/authorization${location.search}`)
}
