import type { Platform } from '../bridge/messages.ts'

/** One row of h5-bridge §4.3: the native name, and the conversion of arguments and answers. */
export type Method = {
  native: `${string}.${string}`
  /** the {msg} text when a required argument is missing, otherwise null */
  missing?: (args: Record<string, unknown>) => string | null
  /** the one native argument */
  args?: (given: unknown) => unknown
  /** unwraps the native answer */
  answer?: (payload: unknown, platform: Platform) => unknown
  /** documented without callbacks */
  mute?: boolean
}

const orText = (field: string) => (given: unknown) =>
  typeof given === 'string' ? { [field]: given } : given

export const methods: Record<string, Method> = {
  pay: { native: 'UPWebPay.pay', missing: (args) => (args['tn'] ? null : 'pay缺少参数tn') },
  verifyPayPwd: { native: 'UPWebAccount.verifyPayPwd' },
  addBankCard: {
    native: 'UPWebBankCard.addBankCard',
    args: (given) => ({ scene: '10007', ...(given as object) }),
  },
  setNavigationBarTitle: {
    native: 'UPWebBars.setNavigationBarTitle',
    args: orText('title'),
    mute: true,
  },
  closeWebApp: { native: 'UPWebClosePage.closeWebApp', mute: true },
  createWebView: {
    native: 'UPWebNewPage.createWebPage',
    args: (given) => JSON.stringify(given),
    mute: true,
  },
  showFlashInfo: { native: 'UPWebUI.showFlashInfo', args: orText('msg'), mute: true },
  scanQRCode: {
    native: 'UPWebUI.scanQRCode',
    args: (given) => ({ scanType: ['qrCode', 'barCode'], needResult: '0', ...(given as object) }),
    answer: (payload, platform) =>
      platform === 'android' ? (payload as { value?: string } | undefined)?.value : payload,
  },
  getLocationCity: { native: 'UPWalletPlugin.fetchNativeData', args: () => ({ type: '0' }) },
  getLocationGps: { native: 'UPWalletPlugin.fetchNativeData', args: () => ({ type: '1' }) },
  getSystemInfo: { native: 'UPWebNativeInfo.getSystemInfo' },
  getFontSizeLevel: { native: 'UPWebNativeInfo.getFontSizeLevel' },
  getVersionInfo: { native: 'UPWebNativeInfo.getVersionInfo' },
  // known names that this wallet does not implement: they answer c03
  qrPay: { native: 'UPWebPay.qrPay' },
  chooseImage: { native: 'UPWebUI.chooseImage' },
  saveImage: { native: 'UPWebUI.saveImage' },
  openApplet: { native: 'UPWebNewPage.openApplet' },
  openPageVerifyFree: { native: 'UPWebUI.openAppInfo' },
  setTitleStyle: { native: 'UPWebBars.setTitleStyle' },
  getUserStatus: { native: 'UPWebUserDetail.getUserStatus' },
  saveData: { native: 'UPXAppletDataPlugin.saveData' },
  queryData: { native: 'UPXAppletDataPlugin.queryData' },
}
