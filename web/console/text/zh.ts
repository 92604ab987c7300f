/** The console in Chinese. */
export const zh = {
  title: '运营台',
  nav: { today: '今日', work: '待处理', morning: '对账', webhooks: '推送', plans: '套餐', keys: '密钥', audit: '审计', signOut: '退出', language: 'English' },
  signIn: { lead: '运营人员登录', name: '用户名', password: '密码', action: '登录', hint: '用户名和密码由管理员用 npm run operator 创建。' },
  search: { label: '查找', placeholder: '订单号、商户订单号、银联流水号、协议号、用户号', none: '没有找到。请核对号码是否完整。出错页面上的“编号”不在这里：请在服务端日志的 reqId 中查找。', lead: (q: string) => `“${q}”的结果` },
  today: {
    successRate: '成功率', paid: '成功金额', refunded: '退款金额', open: '未定', reviews: '需人工', toFinal: '到账耗时',
    hours: '今日各小时的扣款', measures: { count: '笔数', amount: '成功金额', rate: '成功率', took: '到账耗时（中位）' }, most: (value: string) => `最高 ${value}`, noCharges: '今天还没有扣款。', openTitle: '还没有结果的订单', noOpen: '每一笔都有结果了。', oldest: '最早的一笔', contracts: '签约', signed: '新签', ended: '解约', signing: '签约中',
    notifications: '银联通知', none: '还没有。', pacing: '查询节奏', due: '待查询', perMinute: (count: number) => `每分钟最多 ${count}`, calm: '正常', backsOff: (until: string) => `银联要求放慢，到 ${until} 再查`, median: '中位', p95: '95%',
    webhooks: '推送给商户系统', waiting: '未送达', disabled: '已停用的地址', updated: (at: string) => `${at} 更新`, of: '笔',
  },
  waits: { notification: '等银联通知', statement: '等对账文件', person: '等人工' },
  work: { approvals: '等第二人复核', noApprovals: '没有等待复核的操作。', reviews: '等人工核实', noReviews: '没有需要核实的订单或签约。', allow: '同意', refuse: '拒绝', askedBy: (name: string) => `${name} 发起`, own: '自己发起的，由另一位操作员复核', cutOff: (name: string) => `${name} 已同意，但执行中断。先看订单，再决定一次，不会重复执行。` },
  states: { pending: '处理中', succeeded: '成功', failed: '失败', applying: '签约中', active: '生效中', abandoned: '未完成', rejected: '被拒绝', terminating: '解约中', terminated: '已解约' } as Record<string, string>,
  kinds: { charge: '扣款', refund: '退款', cancel: '撤销', contract: '签约', resolve: '人工核实', break: '差错处理' } as Record<string, string>,
  sources: { merchant: '商户', answer: '同步应答', notification: '通知', query: '查询', statement: '对账文件', job: '系统', person: '人工', start: '发起', return: '返回', apply: '签约应答', info: '签约查询', relieve: '解约应答', notice: '解约通知', sweep: '巡检', payer: '用户' } as Record<string, string>,
  reviews: { failed_after_success: '先成功后失败', succeeded_after_failure: '先失败后成功', differs_from_order: '通知内容与订单不符', succeeded_with_defect: '有缺陷的成功（A6）', absent_from_statement: '对账文件中没有', unexplained: '通知、查询、对账都没有结果', contract_id_differs: '银联给出的协议号与我方不同，暂停扣款', sweep_stopped: '巡检要结束的签约过多，已停下', already_signed_elsewhere: '银联称已签约，但协议号属于另一次签约', unionpay_silent: '银联一直没有说明结果', relieve_unknown: '银联没有确认解约', relieve_refused: '银联拒绝解约' } as Record<string, string>,
  charge: {
    amount: '金额', user: '用户', plan: '套餐', orderNo: '商户订单号', merchantNo: '商户号', orderId: '商户订单号（银联侧）', queryId: '银联流水号', clearing: '清算日', accepted: '受理', settled: '结果', code: '应答码', contract: '签约', description: '内容',
    history: '经过', refunds: '退款与撤销', noRefunds: '没有退款。', messages: '银联原始通知', noMessages: '还没有收到通知。', repeats: (count: number) => `重复 ${count} 次`, audit: '人工操作', noAudit: '没有人工操作。',
    review: '这笔订单需要人工核实', reviewNext: '对照银联商户平台和下方经过，再作决定。', waitsPerson: '通知、查询和对账都没有给出结果。请向银联核实。', paid: '已扣款', notPaid: '未扣款',
    refund: '退款', refundAmount: '退款金额（元）', refundReason: '原因（用户可见）', refundAction: '退款', refundLeft: (left: string) => `可退 ${left}`, wrongAmount: '金额应大于 0，不超过可退金额，最多两位小数。',
    waiting: '已提交，等另一位操作员复核。', done: '已提交。',
  },
  contract: { terminate: '解约', sure: '解约后不能再扣款，用户可重新签约。确定解约？', yes: '确定解约', no: '不解约', today: '今日已用', charges: '最近扣款', noCharges: '还没有扣款。', id: '协议号', code: '应用方签约号', signedAt: '签约', endedAt: '解约', through: '签约方式', review: '这份签约需要人工核实，步骤见运维手册。', looked: '已核对，照常继续', sweepOn: '已核对，让巡检继续（解除全部同类标记）' },
  morning: {
    title: '对账', none: '还没有对账文件。清算日次日 09:00 起自动获取。', day: '清算日', state: '状态', lines: '笔数', returned: '退回', fee: '手续费', breaks: '差错', next: '下次', open: (open: number, all: number) => `${open} 未处理 / ${all}`,
    states: { awaited: '等文件', reconciled: '已对账', malformed: '文件有误', missing: '没有文件' } as Record<string, string>,
    breakStates: { open: '未处理', resolved: '已处理', gone: '新文件中已消失' } as Record<string, string>,
    kinds: { ours_only: '我方有，银联无', theirs_only: '银联有，我方无', amount: '金额不符', state: '状态不符', duplicate: '重复', fee: '手续费不符', adjustment: '差错流水' } as Record<string, string>,
    what: {
      ours_only: '我方已成功或未定，对账文件中没有。先向银联核实，再决定。', theirs_only: '银联已入账，我方没有这笔订单。核对是否为其他系统或旧备份。', amount: '同一订单，两边金额不同。向银联核实实际扣款金额。',
      state: '我方未成功，银联已入账：用户可能已被扣款。', duplicate: '同一订单出现多次，用户可能被重复扣款。', fee: '手续费与约定不符，或金额减手续费不等于清算额。', adjustment: '银联差错处理流水，请在银联平台查看。',
    } as Record<string, string>,
    ours: '我方', theirs: '银联', repair: '处理方式', actions: { mark_paid: '记为已扣款', mark_not_paid: '记为未扣款', acknowledge: '知悉，不改动' } as Record<string, string>, note: '说明（随差异保存）', look: '先看结果', apply: '确认处理',
    would: (order: string, from: string, to: string) => `订单 ${order}：${from} → ${to}`, nothing: '不改动任何订单，只关闭这条差错。',
  },
  webhooks: {
    title: '推送', endpoints: '接收地址', noEndpoints: '还没有接收地址。用 npm run webhook 添加。', undelivered: '未送达', allDelivered: '全部送达。', failing: (since: string) => `${since} 起一直失败`, replay: '重新推送',
    states: { active: '启用', disabled: '已停用', pending: '等待重试', given_up: '已放弃', delivered: '已送达' } as Record<string, string>,
  },
  plans: { limits: '单笔 / 单日', active: '生效签约', notice: '解约通知地址', fixed: '固定商户号', any: '不固定', accepts: '接受新签约', yes: '是', no: '否', form: '申请表（附录1）', print: '打印或存为 PDF', back: '全部套餐', missing: '套餐目录里没有这个 plan_id。', lead: '按套餐目录填好，其余请在下方填写。填写内容只在本页，不会保存。' },
  certificates: { title: '证书', name: '所有者', number: '序列号', use: '用途', left: '剩余天数', days: (days: number) => (days < 0 ? '已过期' : `${days} 天`), role: { merchant: '商户签名', root: '银联根证书', middle: '银联中级证书' }, none: '没有配置证书：未开通扣款，或使用共享密钥签名。' },
  keys: { name: '名称', verbs: '权限', plans: '套餐', all: '全部', created: '创建', revoke: '停用', revoked: '已停用', sure: '停用后立即失效，不能恢复。', yes: '确定停用', no: '取消' },
  audit: { when: '时间', who: '谁', what: '做了什么', about: '对象', detail: '内容', more: '更早的', none: '还没有人工操作。' },
  common: { loading: '读取中…', retry: '重试', back: '返回', masked: '已遮盖', request: '编号', refresh: '刷新' },
}

export type ConsoleWords = typeof zh
