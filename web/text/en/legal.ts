import type { Words } from '../zh/index.ts'

export const legal: Words['legal'] = {
  agreementPage: 'Payment agreement',
  privacyPage: 'Privacy notice',
  mine: {
    page: 'My records',
    link: 'See, take along or erase my records',
    take: 'Take my records along',
    takeWhy: 'Everything we hold about you: account, contracts, bills, notices before debits.',
    takeAction: 'Show my records',
    copy: 'Copy all',
    copied: 'Copied. Paste it wherever you keep it',
    copyFailed: 'Copying failed. Press and hold the text above',
    erase: 'Erase my records',
    eraseWhy:
      'Afterwards we no longer know who you are. Records of payments are kept as the law demands, but lead to nobody. Not possible while a contract holds or a charge is under way.',
    eraseAction: 'Erase',
    eraseSure: 'This cannot be undone. Are you sure?',
    eraseConfirm: 'Erase now',
    eraseKeep: 'Keep them',
    erased: 'Erased',
    erasedNext: 'Your account, your wallet’s identifier and your sign-ins are gone.',
  },
  agreement: (terms) => [
    {
      title: '1. What you agree to',
      text: [
        `When you use “${terms.title}”, ${terms.payee} may charge your account through UnionPay without a password each time.`,
        terms.content,
      ],
    },
    {
      title: '2. Limits',
      text: [
        `At most ${terms.single} each time and ${terms.daily} a day. Anything above is not charged this way.`,
      ],
    },
    {
      title: '3. Which card pays',
      text: ['Your cards are tried in the order you set in the wallet until one succeeds.'],
    },
    {
      title: '4. When it takes effect',
      text: [
        'When you agree on the wallet’s signing page and UnionPay confirms. Coming back from that page alone is not a contract.',
      ],
    },
    {
      title: '5. How to end it',
      text: [
        'At any time under “My contracts” on this page, free of charge.',
        terms.offline
          ? 'This is an offline service: it cannot be ended in the wallet, only here.'
          : 'Or in the wallet: Me › Settings › Payment › Seamless payment.',
        'What you used before ending is still settled.',
      ],
    },
    { title: '6. Questions', text: [`Ask ${terms.payee}, or call UnionPay at 95516.`] },
  ],
  privacy: (merchant, phone) => [
    { title: 'Who handles your data', text: [`${merchant} (“we”). Phone: ${phone}.`] },
    {
      title: 'What we keep',
      text: [
        'The identifier the wallet gives us (open_id) and the contract number, encrypted, to sign, charge and end.',
        'Your merchant account and the times and results of signing and ending, for accounts and to answer you.',
      ],
    },
    {
      title: 'What we do not keep',
      text: [
        'We neither see nor keep card numbers, payment passwords or identity numbers. Only the wallet handles them.',
      ],
    },
    {
      title: 'Why',
      text: ['Without them we could not know for whom to sign, whom to charge, or what to end.'],
    },
    {
      title: 'Who else receives it',
      text: ['Only UnionPay and the payee, and only what a payment needs.'],
    },
    {
      title: 'Your rights',
      text: [
        'You may end a contract at any time. To see, take along or erase your records use “My records” below; to correct them call the number above. Records the law requires are excepted.',
      ],
    },
  ],
}
