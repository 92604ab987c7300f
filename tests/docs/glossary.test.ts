import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Audience = 'payer' | 'operator' | 'documents'

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))
const top_documents = filesIn('.', /^(README.*|CONTRIBUTING)\.md$/)

const files: Record<Audience, string[]> = {
  payer: [...filesIn('web/text', /\.ts$/), 'web/public/old-app.js', 'index.html'],
  operator: filesIn('web/console/text', /\.ts$/),
  documents: [...filesIn('docs', /\.md$/), ...top_documents, 'sandbox/README.md', 'plans.yaml'],
}
const all: Audience[] = ['payer', 'operator', 'documents']

/** Variants that must not occur, and the term to use instead. */
const forbidden: { variant: RegExp; use: string; in: Audience[] }[] = [
  { variant: /模版/, use: '模板', in: all },
  { variant: /沙箱/, use: '沙盒', in: all },
  { variant: /性质测试/, use: '属性测试', in: all },
  { variant: /整洁规则/, use: '源码规则', in: all },
  { variant: /故事/, use: '测试', in: all },
  { variant: /线上走过/, use: '收发', in: all },
  // 签约套餐内容 is a field of UnionPay's own form
  { variant: /(?<!签约)套餐/, use: '签约模板', in: all },
  { variant: /对账差错/, use: '对账差异', in: all },
  { variant: /差错(?!流水|处理流水)/, use: '差异', in: ['operator'] },
  { variant: /对账单/, use: '对账文件', in: ['operator'] },
  { variant: /(?<!签约)协议号/, use: '签约协议号', in: ['payer', 'operator'] },
  { variant: /商户订单号/, use: '订单号', in: ['payer'] },
  { variant: /对账文件(?!正在核对)/, use: '对账单', in: ['payer'] },
  { variant: /每日最高|单笔最高/, use: '单日限额、单笔限额', in: ['payer'] },
  { variant: /脱机场景/, use: '不能在云闪付 App 内解约', in: ['payer'] },
  { variant: /静默/, use: '自动', in: ['payer'] },
  { variant: /带走|注销/, use: '导出、删除', in: ['payer'] },
  { variant: /您/, use: '你', in: ['payer', 'operator'] },
  { variant: /到账耗时/, use: '出结果耗时', in: ['operator'] },
  { variant: /扣费通知/, use: '扣款前告知', in: ['operator'] },
  { variant: /\bgive(n)? back\b/i, use: 'refund', in: ['payer', 'operator'] },
  {
    variant: /\b(needs?|waits? for|second) a? ?person\b/i,
    use: 'review, approval',
    in: ['operator'],
  },
  { variant: /\btime to final\b/i, use: 'time to settlement', in: ['operator'] },
  { variant: /\btake along\b|\berase\b(?!_)/i, use: 'export, delete', in: ['payer'] },
  { variant: /Back to start/, use: 'Home page', in: ['payer'] },
]

const occurrences = (among: Audience[], variant: RegExp): string[] =>
  among
    .flatMap((audience) => files[audience])
    .filter((file) => file !== 'docs/glossary.md' && variant.test(readFileSync(file, 'utf8')))

test.each(forbidden)('no text has $variant; the term is $use', ({ variant, in: among }) => {
  expect(occurrences(among, variant)).toEqual([])
})

const rows = readFileSync('docs/glossary.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| English'))
  .map((line) => line.slice(2, -2).split(' | '))
const textOf = (among: Audience[]): string =>
  among.flatMap((audience) => files[audience].map((file) => readFileSync(file, 'utf8'))).join('\n')

test('every term of the glossary has four columns and is used where its audience reads it', () => {
  expect(rows.length).toBeGreaterThan(30)
  const [payer, operator] = [textOf(['payer']), textOf(['operator', 'documents'])]
  for (const [english = '', for_payer = '', for_operator = '', meaning = ''] of rows) {
    expect(meaning, english).not.toBe('')
    for (const [words, text] of [
      [for_payer, payer],
      [for_operator, operator],
    ] as const)
      for (const word of words === '–' ? [] : words.split('、'))
        expect(text.includes(word), `${english}: ${word}`).toBe(true)
  }
})
