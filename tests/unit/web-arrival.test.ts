import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readArrival } from '../../web/arrival/arrival.ts'

const at = (pathname: string, search = '', hash = '') => readArrival({ pathname, search, hash })

describe('the query of an address', () => {
  test('with a return is kept raw, and disappears from the address bar', () => {
    const read = at('/return/signing', '?code=a%2Bb%2F%3D%3D+c&state=S1')
    expect(read.arrival).toEqual({
      kind: 'signing_return',
      query: 'code=a%2Bb%2F%3D%3D+c&state=S1',
    })
    expect(read.clean).toBe('/#/arriving')
  })

  test('is passed on unchanged, whatever it contains', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        expect(at('/return/sign-in', `?${query}`).arrival).toEqual({
          kind: 'sign_in_return',
          query,
        })
      }),
    )
  })

  test('without anything is still a return', () => {
    expect(at('/return/signing').arrival).toEqual({ kind: 'signing_return', query: '' })
  })

  test.each([
    ['in the query', '?ticket=a.b-c_d', '#/plans/p1', '/#/plans/p1'],
    ['between others', '?v=2&ticket=a.b-c_d&x=1', '', '/?v=2&x=1'],
    ['as the hash', '', '#ticket=a.b-c_d', '/'],
    ['as the hash, before something that is no route', '', '#ticket=a.b-c_d&from=app', '/'],
    ['behind a route', '', '#/plans/p1?ticket=a.b-c_d', '/#/plans/p1'],
    [
      'behind a route, between others',
      '',
      '#/plans/p1?from=app&ticket=a.b-c_d',
      '/#/plans/p1?from=app',
    ],
  ])('with a ticket %s is read and removed', (_name, search, hash, clean) => {
    const read = at('/', search, hash)
    expect(read.arrival).toEqual({ kind: 'ticket', ticket: 'a.b-c_d' })
    expect(read.clean).toBe(clean)
  })

  test('of an ordinary address stays unchanged', () => {
    expect(at('/', '?v=2', '#/contracts')).toEqual({ arrival: { kind: 'plain' }, clean: null })
    expect(at('/', '?ticket=', '')).toEqual({ arrival: { kind: 'plain' }, clean: null })
  })
})
