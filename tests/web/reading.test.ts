import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { ApiResult } from '../../web/api/result.ts'
import { useBackoffPolling } from '../../web/composables/use-backoff-polling.ts'
import { useLoaded, type Loaded } from '../../web/composables/use-loaded.ts'
import { usePageResume } from '../../web/composables/use-page-resume.ts'
import { usePolling } from '../../web/composables/use-polling.ts'

enableAutoUnmount(afterEach)
beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** A component that does nothing but what `setup` asks for. */
const within = <T>(setup: () => T) => {
  let made: T | undefined
  const page = mount(
    defineComponent(() => {
      made = setup()
      return () => h('p')
    }),
  )
  return { page, made: made as T }
}
const hide = () => vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')

test('an answer that comes after a newer one changes nothing', async () => {
  const answers: ((result: ApiResult<string>) => void)[] = []
  const { made } = within(() =>
    useLoaded(() => new Promise<ApiResult<string>>((resolve) => answers.push(resolve))),
  )
  void made.reload()
  answers[1]?.({ ok: true, value: 'newer' })
  await flushPromises()
  answers[0]?.({ ok: true, value: 'older' })
  await flushPromises()
  expect([made.value.value, made.loading.value]).toEqual(['newer', false])
})

test('what is shown stays when a later reading fails, and the fault goes with the next success', async () => {
  const fault = { code: 'server_down', request_id: null, effect: 'read' } as const
  const results: ApiResult<string>[] = [
    { ok: true, value: 'shown' },
    { ok: false, fault },
    { ok: true, value: 'again' },
  ]
  const { made } = within(() => useLoaded(async () => results.shift() as ApiResult<string>))
  const seen = ({ value, fault: said }: Loaded<string>) => [value.value, said.value?.code ?? null]
  await flushPromises()
  expect(seen(made)).toEqual(['shown', null])
  await made.reload()
  expect(seen(made)).toEqual(['shown', 'server_down'])
  await made.reload()
  expect(seen(made)).toEqual(['again', null])
})

test('several signs that a page is seen again are one reading, and none while it is hidden', async () => {
  const look = vi.fn<() => void>()
  within(() => usePageResume(look))
  for (const type of ['focus', 'online']) window.dispatchEvent(new Event(type))
  expect(look).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  hide()
  window.dispatchEvent(new Event('focus'))
  expect(look).toHaveBeenCalledTimes(1)
})

test('a signing in progress is asked for every 5 s four times, then every 30 s, and no more once the page is left', async () => {
  const look = vi.fn<() => Promise<void>>(async () => {})
  const { page } = within(() => usePolling(() => true, look))
  await vi.advanceTimersByTimeAsync(20_000)
  expect(look).toHaveBeenCalledTimes(4)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(look).toHaveBeenCalledTimes(6)
  page.unmount()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(look).toHaveBeenCalledTimes(6)
})

test('an open page asks ever more rarely, soon again after a change, and stops after 40 times without one', async () => {
  let shown = 0
  const look = vi.fn<() => Promise<void>>(async () => {})
  within(() => useBackoffPolling(look, () => shown))
  // after 3, 4.5 and 6.75 s
  await vi.advanceTimersByTimeAsync(14_250)
  expect(look).toHaveBeenCalledTimes(3)
  look.mockImplementationOnce(async () => void (shown += 1))
  await vi.advanceTimersByTimeAsync(10_125)
  expect(look).toHaveBeenCalledTimes(4)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(look).toHaveBeenCalledTimes(5)
  await vi.advanceTimersByTimeAsync(24 * 3_600_000)
  expect(look).toHaveBeenCalledTimes(4 + 40)
})
