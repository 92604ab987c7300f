import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  builtInProfiles,
  defaultProfile,
} from '../../../server/unionpay/gateway/profile/built-in.ts'
import {
  profileDigest,
  type ChargeProfile,
} from '../../../server/unionpay/gateway/profile/charge-profile.ts'
import { checkMeaning } from '../../../server/unionpay/gateway/profile/check-meaning.ts'
import { checkShape } from '../../../server/unionpay/gateway/profile/check-shape.ts'
import {
  loadProfiles,
  readProfiles,
  type ProfileSettings,
} from '../../../server/unionpay/gateway/profile/load-profiles.ts'
import { ProfileProblems } from '../../../server/unionpay/gateway/profile/problems.ts'
import { renderCharge } from '../../../server/unionpay/gateway/profile/render-charge.ts'

const [byContractId, withTrId, withPlanId] = builtInProfiles as [
  ChargeProfile,
  ChargeProfile,
  ChargeProfile,
]
const settings: ProfileSettings = {
  selected: 'token-pay-data-trid',
  own: null,
  production: false,
  setting_values: { tr_id: ['62000000001'], plan_id: ['a1f0c3d2e4b5968778695a4b3c2d1e01'] },
}
const own: ChargeProfile = { ...withTrId, name: 'own' }
const load = (change: object) =>
  loadProfiles({ ...settings, selected: 'own', own: JSON.stringify({ ...own, ...change }) })
function problemsOf(action: () => unknown): ProfileProblems {
  try {
    action()
  } catch (error) {
    if (error instanceof ProfileProblems) return error
    throw error
  }
  throw new Error('nothing was wrong')
}

describe('the built-in profiles', () => {
  test('begin with the charge by contract number, which is the default and requires no setting', () => {
    expect(byContractId.name).toBe(defaultProfile)
    const { selected } = loadProfiles({ ...settings, selected: defaultProfile, setting_values: {} })
    expect(selected).toMatchObject({
      txnType: '01',
      txnSubType: '10',
      bizType: '000000',
      channelType: '07',
      refund: { txnType: '04', txnSubType: '00', bizType: '000501', channelType: '07' },
      cancel: { txnType: '31', txnSubType: '00', bizType: '000201', channelType: '07' },
      query: { bizType: '000000' },
    })
  })
  test('omit fields that the order lacks, and refuse values that could change the message', () => {
    const given = { contract_id: '6218400000000000001', setting: {}, contract: {} }
    expect(renderCharge(byContractId, given)).toMatchObject({
      fields: { reqReserved: '', frontUrl: '' },
    })
    expect(renderCharge(byContractId, { ...given, order: { description: 'a&b=c' } })).toMatchObject(
      { kind: 'refused', key: 'description' },
    )
  })
  test('are valid, and each can be selected', () => {
    for (const profile of builtInProfiles) {
      expect([...checkShape(profile, profile.name), ...checkMeaning(profile, true)]).toEqual([])
      expect(loadProfiles({ ...settings, selected: profile.name }).selected).toBe(profile)
    }
  })
  test('document the sent fields', () => {
    const given = {
      contract_id: '6218400000000000001',
      setting: { tr_id: '62000000001', plan_id: 'a'.repeat(32) },
      contract: {},
      order: { description: '可乐', front_url: 'https://shop.example.com' },
    }
    expect(renderCharge(byContractId, given)).toEqual({
      kind: 'rendered',
      fields: {
        contractId: '6218400000000000001',
        accType: '01',
        reqReserved: '可乐',
        frontUrl: 'https://shop.example.com',
      },
    })
    expect(renderCharge(withTrId, given)).toEqual({
      kind: 'rendered',
      fields: { tokenPayData: '{token=6218400000000000001&trId=62000000001&tokenType=01}' },
    })
    expect(renderCharge(withPlanId, given)).toEqual({
      kind: 'rendered',
      fields: { tokenPayData: `{token=6218400000000000001&planId=${'a'.repeat(32)}&tokenType=01}` },
    })
  })
})

describe('a mistake in a profile is named with profile, key, actual value and allowed values', () => {
  test.for([
    ['txnType', { txnType: '1' }, 'txnType'],
    ['txnSubType', { txnSubType: 1 }, 'txnSubType'],
    ['bizType', { bizType: '902' }, 'bizType'],
    ['channelType', { channelType: '09' }, 'channelType'],
    ['path', { path: '/gateway/api/other.do' }, 'path'],
    ['an unknown key', { txntype: '01' }, 'txntype'],
    ['the encoding', { contractId: { encoding: 'hex', pattern: '^.$' } }, 'contractId.encoding'],
    ['a pattern', { contractId: { encoding: 'raw', pattern: '^[$' } }, 'contractId.pattern'],
    [
      'a pattern that is not anchored',
      { contractId: { encoding: 'raw', pattern: '[0-9]' } },
      'contractId.pattern',
    ],
    ['no contractId', { contractId: undefined }, 'contractId'],
    ['fields', { fields: {} }, 'fields'],
    ['an empty field', { fields: { ...own.fields, reserved: '' } }, 'fields.reserved'],
    ['a field of no name', { fields: { ...own.fields, 'a b': 'x' } }, 'fields.a b'],
    ['no {contract_id}', { fields: { tokenPayData: '{token=1}' } }, 'fields'],
    ['{contract_id} twice', { fields: { ...own.fields, reserved: '{contract_id}' } }, 'fields'],
    [
      'an unknown placeholder',
      { fields: { tokenPayData: '{token={contract_id}&x={contractid}}' } },
      'fields.tokenPayData',
    ],
    [
      'a placeholder without a source',
      { fields: { tokenPayData: '{token={contract_id}&x={open_id}}' } },
      'values.open_id',
    ],
    ['a source', { values: { tr_id: { from: 'file', pattern: '^1$' } } }, 'values.tr_id.from'],
    ['an unknown value', { values: { ...own.values, other: {} } }, 'values.other'],
    [
      'an open brace',
      { fields: { tokenPayData: '{token={contract_id}&trId=1' } },
      'fields.tokenPayData',
    ],
    [
      'parts that do not read back',
      { fields: { tokenPayData: 'token={contract_id}&trId=1' } },
      'fields.tokenPayData',
    ],
    [
      'a part without a value',
      { fields: { tokenPayData: '{token={contract_id}&trId=}' } },
      'fields.tokenPayData',
    ],
    [
      'a field that gets too long',
      { fields: { ...own.fields, orderDesc: 'x'.repeat(33) } },
      'fields.orderDesc',
    ],
    ['query', { query: { bizType: 0 } }, 'query.bizType'],
    ['refund', { refund: { ...own.refund, txnType: 'x' } }, 'refund.txnType'],
    ['no refund', { refund: null }, 'refund'],
    ['cancel', { cancel: { enabled: 'yes' } }, 'cancel.enabled'],
    ['cancel codes', { cancel: { enabled: true } }, 'cancel.txnType'],
    ['attended', { attended: 'no' }, 'attended'],
  ] as const)('%s', ([, change, key]) => {
    const { problems, message } = problemsOf(() => load(change))
    expect(problems.map((one) => one.key)).toContain(key)
    for (const { profile, allowed } of problems)
      expect([profile, allowed.length > 0]).toEqual(['own', true])
    expect(message).toContain(`charge profile "own": ${key}`)
  })
  test.for([
    'version',
    'encoding',
    'signature',
    'signMethod',
    'certId',
    'merId',
    'accessType',
    'orderId',
    'txnTime',
    'txnAmt',
    'currencyCode',
    'backUrl',
    'txnType',
    'txnSubType',
    'bizType',
    'channelType',
    'customerInfo',
    'smsCode',
    'accNo',
  ])('the field %s, which does not belong to a profile', (name) => {
    expect(
      problemsOf(() => load({ fields: { ...own.fields, [name]: 'x' } })).problems,
    ).toMatchObject([{ profile: 'own', key: `fields.${name}`, found: 'x' }])
  })
  test('all at once, of every profile', () => {
    const bad = [
      { ...own, bizType: '1', fields: { tokenPayData: '{x={nobody}}', merId: '1' } },
      { ...own, name: 'second', path: '/' },
      5,
      { ...own, name: defaultProfile },
    ]
    const { problems } = readProfiles(JSON.stringify({ profiles: bad }))
    expect(problems.map(({ profile, key }) => `${profile} ${key}`)).toEqual([
      'own bizType',
      'own fields.tokenPayData',
      'own fields.merId',
      'own fields',
      'second path',
      '(number 3) (whole)',
      `${defaultProfile} name`,
    ])
  })
  test('a missing profile, a file that is no JSON, a missing or wrong setting', () => {
    expect(problemsOf(() => loadProfiles({ ...settings, selected: 'none' })).message).toMatch(
      /"none": name is missing; allowed: contract-id, token-pay-data-trid, token-pay-data-planid/,
    )
    expect(problemsOf(() => loadProfiles({ ...settings, own: '{' })).message).toMatch(/JSON/)
    expect(problemsOf(() => loadProfiles({ ...settings, setting_values: {} })).message).toMatch(
      /the setting for \{tr_id\} is missing; allowed: \^\[0-9\]/,
    )
    expect(
      problemsOf(() =>
        loadProfiles({ ...settings, setting_values: { tr_id: ['62000000001', 'x&y'] } }),
      ).problems,
    ).toMatchObject([{ found: 'x&y' }])
  })
})

test('customerInfo is accepted in a profile that declares an attended payer', () => {
  expect(
    load({ attended: true, fields: { ...own.fields, smsCode: '111111' } }).selected.attended,
  ).toBe(true)
})

test('the example in the documentation is a valid profile', () => {
  const illustration: ChargeProfile = {
    ...own,
    name: 'my-merchant',
    bizType: '000000',
    channelType: '08',
    contractId: { encoding: 'base64', pattern: '^[0-9A-Za-z]{1,32}$' },
    fields: { exampleAgreementField: '{contract_id}', reserved: '{planId={plan_id}}' },
    values: { plan_id: { from: 'contract', pattern: '^[0-9a-f]{32}$' } },
    cancel: { enabled: false },
  }
  const { selected } = loadProfiles({
    ...settings,
    selected: 'my-merchant',
    own: JSON.stringify([illustration]),
  })
  expect(
    renderCharge(selected, {
      contract_id: '6218400000000000001',
      setting: {},
      contract: { plan_id: 'b'.repeat(32) },
    }),
  ).toEqual({
    kind: 'rendered',
    fields: {
      exampleAgreementField: Buffer.from('6218400000000000001').toString('base64'),
      reserved: `{planId=${'b'.repeat(32)}}`,
    },
  })
})

test('production warns of an unconfirmed profile, and not of a confirmed one', () => {
  expect(loadProfiles({ ...settings, production: true }).warnings).toHaveLength(1)
  expect(loadProfiles({ ...settings }).warnings).toEqual([])
  expect(
    loadProfiles({
      ...settings,
      production: true,
      selected: 'own',
      own: JSON.stringify({ ...own, confirmedByUnionPay: true }),
    }).warnings,
  ).toEqual([])
})

test("the digest depends on a profile's content, not on its formatting or comments", () => {
  const turned = Object.fromEntries(
    Object.entries(withTrId).toReversed(),
  ) as unknown as ChargeProfile
  expect(profileDigest({ ...turned, description: 'other', confirmedByUnionPay: true })).toBe(
    profileDigest(withTrId),
  )
  expect(profileDigest({ ...withTrId, channelType: '08' })).not.toBe(profileDigest(withTrId))
  expect(profileDigest(withTrId)).toMatch(/^[0-9a-f]{64}$/)
})

describe('a dangerous value stops the charge', () => {
  const loose: ChargeProfile = { ...withTrId, contractId: { encoding: 'raw', pattern: '^[^]*$' } }
  const render = (
    contract_id: string,
    tr_id: string | undefined = '62000000001',
    profile = loose,
  ) =>
    renderCharge(profile, {
      contract_id,
      setting: tr_id === undefined ? {} : { tr_id },
      contract: {},
    })
  test.for(['1&trId=2', '{1', '1}', '1\r\n2', '1\u2028', '\0', 'a=b', '=', 'a===', ''])(
    '%j',
    (value) => {
      expect(render(value)).toMatchObject({ kind: 'refused', key: 'contract_id' })
    },
  )
  test('and so does a value that is missing or fails its pattern; the sentence does not repeat it', () => {
    expect(render('6218', 'x')).toEqual({
      kind: 'refused',
      key: 'tr_id',
      why: 'does not match ^[0-9]{1,32}$',
    })
    expect(
      renderCharge(loose, { contract_id: '6218', setting: {}, contract: { tr_id: '1' } }),
    ).toMatchObject({ kind: 'refused', key: 'tr_id', why: 'is missing' })
    expect(render('secret value', '1', withTrId)).toEqual({
      kind: 'refused',
      key: 'contract_id',
      why: 'does not match ^[0-9A-Za-z+/=_-]{1,64}$',
    })
  })
  test('Base64 padding is none', () =>
    expect(render('YWJjZA==')).toMatchObject({ kind: 'rendered' }))
  test('and no rendered value has other parts than the template', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', '1', '=', '&', '{', '}', '$', '/', '+', '中', '\n'),
        }),
        (value) => {
          const rendered = render(value)
          if (rendered.kind === 'rendered')
            expect(
              rendered.fields.tokenPayData?.split('&').map((part) => part.split('=')[0]),
            ).toEqual(['{token', 'trId', 'tokenType'])
        },
      ),
    )
  })
})
