import { describe, expect, test } from 'vitest'
import {
  initial_signing as idle,
  nextSigning,
  readSigning,
  type SigningEvent,
  type SigningRecord,
} from '../../web/stores/signing-record.ts'

const after = (...events: [SigningEvent, Partial<SigningRecord>?][]): SigningRecord =>
  events.reduce((record, [event, brought]) => nextSigning(record, event, brought), idle)

describe('the record of a signing', () => {
  test('keeps an agreement over the silent sign-in and uses it once', () => {
    const away = after(['left_for_sign_in', { plan_id: 'p' }], ['page_loaded'])
    expect(away).toMatchObject({ state: 'signing_in', plan_id: 'p' })
    const back = nextSigning(away, 'signed_in', { plan_id: 'p' })
    expect(back).toMatchObject({ state: 'agreed', plan_id: 'p' })
    expect(nextSigning(back, 'consent_used')).toEqual(idle)
  })

  test('drops an agreement that a page load finds unused', () => {
    expect(after(['signed_in', { plan_id: 'p' }], ['page_loaded'])).toEqual(idle)
  })

  test('remembers the signing it started, but not that its page is about to open, over a page load', () => {
    expect(after(['started', { signing_id: 's' }], ['page_loaded'])).toEqual({
      ...idle,
      signing_id: 's',
    })
  })

  test('accepts the answer of a wallet that comes after the payer is back on the page', () => {
    const back = after(['started', { signing_id: 's' }], ['stayed'])
    expect(nextSigning(back, 'window_opened').state).toBe('in_other_window')
    expect(nextSigning(back, 'open_failed').state).toBe('open_failed')
  })

  test('starts over where another version of the app stored an unknown state', () => {
    expect(readSigning({ state: 'renamed', plan_id: 'p' })).toEqual(idle)
    expect(readSigning(null)).toEqual(idle)
    expect(readSigning({ ...idle, signing_id: 's' })).toEqual({ ...idle, signing_id: 's' })
  })

  test('does not change on an event that its state does not list', () => {
    for (const event of ['stayed', 'consent_used', 'cancelled', 'page_loaded'] as const)
      expect(nextSigning(idle, event, { plan_id: 'p' })).toBe(idle)
  })
})
