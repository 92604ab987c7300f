import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** 签约模板: what the signing page shows for one planId. */
export type Template = {
  plan_id: string
  payee: string
  title: string
  content: string
  scenario: string
  sub_scenario: string
  single_limit_fen: number
  daily_limit_fen: number
  needs_credit_card: boolean
  needs_mobile: boolean
  needs_identity: boolean
  /** 脱机场景: the wallet's user cannot end it on UnionPay's side (open platform §6.1) */
  offline: boolean
  /** 银联垫付: paid to the merchant although every card of the user fails */
  advances: boolean
  /** 固定商户号: the only merchant numbers that may charge; null: any */
  fixed_merchants: readonly string[] | null
}

/** Reads the templates file; an invalid entry stops the start with its number and field. */
export function readTemplates(file: string): ReadonlyMap<string, Template> {
  const document: unknown = parse(readFileSync(file, 'utf8'))
  const list = (document as Record<string, unknown> | null)?.签约模板
  if (!Array.isArray(list)) throw new Error(`${file}: the list 签约模板 is missing`)
  const templates = list.map((entry, at) =>
    readTemplate(entry as Record<string, unknown>, `${file}, entry ${at + 1}`),
  )
  return new Map(templates.map((template) => [template.plan_id, template]))
}

function readTemplate(entry: Record<string, unknown>, where: string): Template {
  const text = (name: string): string => {
    const value = entry[name]
    if (typeof value !== 'string' || value === '')
      throw new Error(`${where}: ${name} must be a text`)
    return value
  }
  const fen = (name: string): number => {
    const value = Math.round(Number(entry[name]) * 100)
    if (!Number.isSafeInteger(value) || value <= 0)
      throw new Error(`${where}: ${name} must be an amount in yuan`)
    return value
  }
  const yes = (name: string): boolean => {
    if (entry[name] !== '是' && entry[name] !== '否')
      throw new Error(`${where}: ${name} must be 是 or 否`)
    return entry[name] === '是'
  }
  const merchants = (name: string): string[] | null => {
    const value = entry[name]
    if (value === '否') return null
    if (
      Array.isArray(value) &&
      value.every((one) => typeof one === 'string' && /^[0-9A-Za-z]{15}$/.test(one))
    )
      return value as string[]
    throw new Error(`${where}: ${name} must be 否 or a list of merchant numbers in quotes`)
  }
  return {
    plan_id: text('planId'),
    payee: text('接入方简称'),
    title: text('签约模板标题'),
    content: text('签约套餐内容'),
    scenario: text('场景'),
    sub_scenario: text('子场景'),
    single_limit_fen: fen('单用户单笔限额'),
    daily_limit_fen: fen('单用户单日限额'),
    needs_credit_card: yes('签约时需绑信用卡'),
    needs_mobile: yes('校验手机号'),
    needs_identity: yes('校验身份证号'),
    offline: yes('脱机场景'),
    advances: yes('银联垫付'),
    fixed_merchants: merchants('固定商户号'),
  }
}
