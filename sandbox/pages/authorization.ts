import { read } from './request.ts'

export type Authorization =
  | { ok: true; redirect: string }
  | { ok: false; errorcode: string; errmsg: string; redirect: string | null }

/** Requests authorization with the query this page was opened with, unchanged. */
export function authorize(): Promise<Authorization> {
  return read<Authorization>(`/_pages/authorization${location.search}`)
}
