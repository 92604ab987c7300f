/** Statements and their differences, in Chinese. */
export const statements = {
  title: '对账',
  none: '还没有对账文件。清算日次日 09:00 起自动获取。',
  day: '清算日',
  state: '状态',
  lines: '笔数',
  returned: '退回',
  fee: '手续费',
  breaks: '差异',
  next: '下次',
  open: (open: number, all: number) => `${open} 未处理 / ${all}`,
  states: {
    awaited: '等文件',
    reconciled: '已对账',
    malformed: '文件有误',
    missing: '没有文件',
  } as Record<string, string>,
  breakStates: { open: '未处理', resolved: '已处理', gone: '新文件中已无' } as Record<
    string,
    string
  >,
  kinds: {
    ours_only: '我方有，银联无',
    theirs_only: '银联有，我方无',
    amount: '金额不符',
    state: '状态不符',
    duplicate: '重复',
    fee: '手续费不符',
    adjustment: '差错流水',
    not_compared: '未比对',
  } as Record<string, string>,
  what: {
    ours_only: '我方为成功或结果未知，对账文件中没有。请先向银联核实，再作决定。',
    theirs_only: '银联已入账，我方没有这笔订单。请核对是否为其他系统或旧备份。',
    amount: '同一订单，两边金额不同。请向银联核实实际扣款金额。',
    state: '我方未成功，银联已入账：用户可能已被扣款。',
    duplicate: '同一订单出现多次，用户可能被重复扣款。',
    fee: '手续费与约定不符，或金额减手续费不等于清算额。',
    adjustment: '银联差错处理流水，请在银联平台查看。',
    not_compared:
      '对账文件中有一行或一个文件无法读取，或属于其他商户号。其中的订单可能显示为“我方有，银联无”，请先查看这里。',
  } as Record<string, string>,
  ours: '我方',
  theirs: '银联',
  unread: (lines: readonly number[], count: number): string =>
    count === 0
      ? '整个文件'
      : `第 ${lines.join('、')} 行${count > lines.length ? ` ……（共 ${count} 行）` : ''}`,
  repair: '处理方式',
  actions: {
    mark_paid: '记为已扣款',
    mark_not_paid: '记为未扣款',
    acknowledge: '知悉，不改动',
  } as Record<string, string>,
  note: '说明（随差异保存）',
  preview: '预览结果',
  apply: '确认处理',
  nothing: '不改动任何订单，只关闭这条差异。',
}
