import type { Messages } from '../zh/index.ts'

export const legal: Messages['legal'] = {
  agreementPage: 'Payment agreement',
  privacyPage: 'Privacy notice',
  mine: {
    page: 'My data',
    link: 'View, export or delete my data',
    export: 'Export my data',
    exportWhy: 'Everything we store about you: account, contracts, bills and debit notices.',
    exportAction: 'Show my data',
    copy: 'Copy all',
    copied: 'Copied. Paste it where you want to keep it',
    copyFailed: 'Copying failed. Press and hold the text above',
    delete: 'Delete my data',
    deleteWhy:
      'Afterwards we no longer know who you are. We keep payment records as the law requires, but they no longer identify you. You cannot delete your data while a contract is active or a charge is in progress.',
    deleteAction: 'Delete',
    deleteSure: 'This cannot be undone. Are you sure?',
    deleteConfirm: 'Delete now',
    deleteCancel: 'Do not delete',
    deleted: 'Deleted',
    deletedNext: 'Your account, your wallet’s identifier and your sign-in records are deleted.',
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
        `At most ${terms.single} per charge and ${terms.daily} per day. Anything above is not charged this way.`,
      ],
    },
    {
      title: '3. Which card pays',
      text: ['Your cards are tried in the order you set in the wallet until one succeeds.'],
    },
    {
      title: '4. When it takes effect',
      text: [
        'When you agree on the wallet’s signing page and UnionPay confirms. Returning from that page alone does not create a contract.',
      ],
    },
    {
      title: '5. How to end it',
      text: [
        'At any time under “My contracts” on this page, free of charge.',
        terms.offline
          ? 'This service cannot be ended in the wallet, only here.'
          : 'Or in the wallet: Me › Settings › Payment › Seamless payment.',
        'What you used before is still charged.',
      ],
    },
    { title: '6. Questions', text: [`Contact ${terms.payee}, or call UnionPay at 95516.`] },
  ],
  privacy: (merchant, phone) => [
    { title: 'Who handles your data', text: [`${merchant} (“we”). Phone: ${phone}.`] },
    {
      title: 'What we store',
      text: [
        'The identifier the wallet gives us (open_id) and the contract number, encrypted, to sign, charge and end.',
        'Your merchant account and the times and results of signing and ending, for reconciliation and to answer your questions.',
      ],
    },
    {
      title: 'What we do not store',
      text: [
        'We neither see nor store card numbers, payment passwords or identity numbers. Only the wallet handles them.',
      ],
    },
    {
      title: 'Why',
      text: [
        'Without this data we could not know for whom to sign, whom to charge, or which contract to end.',
      ],
    },
    {
      title: 'Whom we share it with',
      text: ['Only UnionPay and the payee, and only what a payment needs.'],
    },
    {
      title: 'Your rights',
      text: [
        'You can end a contract at any time. To view, export or delete your data, use “My data” below. To correct it, call the number above. Payment records that the law requires us to keep are excepted.',
      ],
    },
  ],
}
