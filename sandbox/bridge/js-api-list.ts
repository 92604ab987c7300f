/** The plug-ins an ordinary access party receives after config (h5-bridge §3.2, §4.3). */
export const jsApiList = [
  { plugin: 'UPWebSdk', actions: ['config', 'appletAuth', 'appletExplicitAuth'] },
  { plugin: 'UPWebPay', actions: ['pay', 'qrPay'] },
  { plugin: 'UPWebAccount', actions: ['verifyPayPwd'] },
  { plugin: 'UPWebBankCard', actions: ['addBankCard'] },
  {
    plugin: 'UPWebBars',
    actions: [
      'setNavigationBarTitle',
      'setNavigationBarRightButton',
      'setTitleStyle',
      'prefetchImage',
    ],
  },
  { plugin: 'UPWebClosePage', actions: ['closeWebApp'] },
  { plugin: 'UPWebNewPage', actions: ['createWebPage', 'openApplet'] },
  { plugin: 'UPWebUI', actions: ['showFlashInfo', 'scanQRCode', 'chooseImage', 'saveImage'] },
  { plugin: 'UPWalletPlugin', actions: ['showSharePopup', 'fetchNativeData'] },
  { plugin: 'UPWebNativeInfo', actions: ['getSystemInfo', 'getVersionInfo', 'getFontSizeLevel'] },
]
