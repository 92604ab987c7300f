import { describe, expect, test } from 'vitest'
import { failure, normaliseError, normaliseValue } from '../../web/bridge/normalise-error.ts'
import { readUserAgent } from '../../web/bridge/user-agent.ts'

describe('every error shape of the wallet becomes code and message', () => {
  test.each([
    [
      'errcode and errmsg',
      { errcode: 'c05', errmsg: '请先调用config' },
      { code: 'c05', message: '请先调用config' },
    ],
    ['msg alone', { msg: '支付失败' }, { code: null, message: '支付失败' }],
    [
      'JSON text inside msg',
      { msg: '{"code":"03","desc":"用户不存在"}' },
      { code: '03', message: '用户不存在' },
    ],
    [
      'code and msg',
      { code: '02', msg: 'no permission' },
      { code: '02', message: 'no permission' },
    ],
    ['code and desc', { code: 4, desc: 'too large' }, { code: '4', message: 'too large' }],
    ['a plain string', 'invalid signature', { code: null, message: 'invalid signature' }],
    [
      'a string of JSON',
      '{"errcode":"c02","errmsg":"illegal"}',
      { code: 'c02', message: 'illegal' },
    ],
    ['broken JSON', '{"errcode":', { code: null, message: '{"errcode":' }],
    ['nothing', undefined, { code: null, message: '' }],
    ['null', null, { code: null, message: '' }],
  ])('%s', (_name, shape, expected) => {
    expect(normaliseError(shape)).toEqual(expected)
  })

  test('only a text that says so is a cancel', () => {
    expect(failure({ msg: '用户取消' }).outcome).toBe('cancelled')
    expect(failure({ msg: 'user cancelled' }).outcome).toBe('cancelled')
    expect(failure({ msg: '支付失败' }).outcome).toBe('failed')
    expect(failure(undefined).outcome).toBe('failed')
  })

  test('Android’s JSON text and iOS’s object are the same value', () => {
    expect(normaliseValue('{"latitude":"1"}')).toEqual(normaliseValue({ latitude: '1' }))
    expect(normaliseValue('440100')).toBe('440100')
  })
})

const IOS =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 Version/4.0 Chrome/135.0.7049.38 Mobile Safari/537.36'

describe('the wallet is recognized by its own tokens', () => {
  test.each([
    [
      'iOS 9',
      `${IOS} (com.unionpay.chsp) (cordova 3.6.3) (updebug 0) (version 412) (17)`,
      true,
      412,
    ],
    [
      'iOS 14',
      `${IOS}/sa-sdk-ios (com.unionpay.chsp) (cordova 4.5.4) (updebug 0) (version 807) (UnionPay/1.0 CloudPay) (clientVersion 137) (language zh_CN)`,
      true,
      807,
    ],
    [
      'iOS applet',
      `${IOS} (com.unionpay.chsp) (version 1009) (clientVersion 309) (language zh_CN) (upApplet single) (walletMode 00)`,
      true,
      1009,
    ],
    [
      'iOS 18',
      `${IOS} (com.unionpay.chsp) (cordova 4.5.4) (updebug 0) (version 1024) (UnionPay/1.0 CloudPay) (clientVersion 324) (upHtml) (walletMode 00)`,
      true,
      1024,
    ],
    [
      'Android 10, no blank before the tokens',
      `${ANDROID}(com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (clientVersion 233) (version 803)(UnionPay/1.0 CloudPay)(language zh_CN)`,
      true,
      803,
    ],
    [
      'Android 13',
      `${ANDROID}(com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (clientVersion 322) (version 1022)(UnionPay/1.0 CloudPay)(upHtml)`,
      true,
      1022,
    ],
    ['upper case', `${ANDROID}(COM.UNIONPAY.MOBILEPAY)`, true, null],
    ['a bank app', `${ANDROID} UnionPay/1.0 TESTPAY01`, false, null],
    ['CloudPay without the wallet’s token', `${ANDROID} (UnionPay/1.0 CloudPay)`, false, null],
    ['a browser', ANDROID, false, null],
    [
      'HarmonyOS 4, an Android below',
      'Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00; wv) AppleWebKit/537.36 Chrome/114.0.5735.196 Mobile Safari/537.36(com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (version 1022)',
      true,
      1022,
    ],
    [
      'HarmonyOS NEXT, its own engine',
      'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile (com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (version 1024)',
      true,
      1024,
    ],
    [
      'HarmonyOS',
      'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1',
      false,
      null,
    ],
  ])('%s', (_name, agent, wallet, version) => {
    expect(readUserAgent(agent)).toEqual({ wallet, version })
  })
})
