// Written by `npx wugan openapi` from docs/openapi.json; do not edit.

export interface paths {
    "/v1/signings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a signing in your own app
         * @description SDK 签约: hand the answer to the UnionPay SDK in your app. The H5 in the wallet needs none of this. The key needs the verb `sign`.
         */
        post: operations["startSdkSigning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signings/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete it with the code
         * @description The code the SDK returned. Repeating it gives the same signing. The key needs the verb `sign`.
         */
        post: operations["completeSdkSigning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a signing
         * @description However it was started. The key needs the verb `read`.
         */
        get: operations["readSigning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the plans
         * @description The catalogue (plans.yaml), as far as this key covers it. The key needs the verb `read`.
         */
        get: operations["listPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contracts
         * @description Newest first. Without `state` those that were signed: active, terminating and terminated. The key needs the verb `read`.
         */
        get: operations["listContracts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a contract
         * @description With its history and what it used of today’s limit. The key needs the verb `read`.
         */
        get: operations["readContract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/{id}/terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a contract
         * @description 解约. No charge is accepted after it; one in flight still settles. `terminating` means UnionPay has not answered yet: read it again. The key needs the verb `terminate`.
         */
        post: operations["terminateContract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List charges
         * @description Newest first. `from` is included, `to` is not; both are compared with `accepted_at`. The key needs the verb `read`.
         */
        get: operations["listCharges"];
        put?: never;
        /**
         * Charge a contract
         * @description 扣款. The answer is usually `pending`: UnionPay tells the outcome later. Read the charge or listen to webhooks; never charge again for a pending one. Name the contract by `contract_id`, by `contract`, or by `user_id` with `plan_id`. The key needs the verb `charge`.
         */
        post: operations["createCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges/{order_id}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve a charge
         * @description Ends the review of a charge, or decides one that needs manual review. `author` and the API key stand in its history. The key needs the verb `resolve`.
         */
        post: operations["resolveCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a charge
         * @description With its history and refunds. The key needs the verb `read`.
         */
        get: operations["readCharge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges/{order_id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a charge
         * @description 退货. Without `amount_fen` all that is left of the charge. Pending refunds hold their amount. The key needs the verb `refund`.
         */
        post: operations["createRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges/{order_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a charge
         * @description 消费撤销: the whole charge, on its clearing day only, where the charge profile allows it. The key needs the verb `refund`.
         */
        post: operations["cancelCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{order_id}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve a refund
         * @description Ends the review of a refund, or decides one that needs manual review. `author` stands in its history. The key needs the verb `resolve`.
         */
        post: operations["resolveRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List refunds and cancels
         * @description Newest first. `from` is included, `to` is not; both are compared with `accepted_at`. The key needs the verb `read`.
         */
        get: operations["listRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a refund
         * @description Also of a cancel. The key needs the verb `read`.
         */
        get: operations["readRefund"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/{id}/debit-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announce a debit
         * @description 扣款前告知 of a renewal plan: before each debit, so many days ahead as the plan says. The H5 shows it; send it by another channel too. The key needs the verb `charge`.
         */
        post: operations["announceDebit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debit-notices/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say how it was sent
         * @description Once for each channel. The key needs the verb `charge`.
         */
        post: operations["reportDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debit-notices/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw it
         * @description The debit will not happen, or not so. The key needs the verb `charge`.
         */
        post: operations["withdrawDebitNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debit-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List debit notices
         * @description Newest first. `from` and `to` are days of the debit. The key needs the verb `read`.
         */
        get: operations["listDebitNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debit-notices/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the proof
         * @description One line for each charge of a renewal plan accepted from `from` to `to`, with the notice before it. The key needs the verb `read`.
         */
        get: operations["exportDebitNoticeProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debit-notices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a debit notice
         * @description With its deliveries. The key needs the verb `read`.
         */
        get: operations["readDebitNotice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List statements
         * @description Newest day first. A statement is about a merchant number, not about plans: only a key for every plan sees it. The key needs the verb `read`.
         */
        get: operations["listStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a statement
         * @description A statement is about a merchant number, not about plans: only a key for every plan sees it. The key needs the verb `read`.
         */
        get: operations["readStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements/{id}/breaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the breaks of a statement
         * @description Oldest first. A statement is about a merchant number, not about plans: only a key for every plan sees it. The key needs the verb `read`.
         */
        get: operations["listBreaks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/breaks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a break
         * @description A statement is about a merchant number, not about plans: only a key for every plan sees it. The key needs the verb `read`.
         */
        get: operations["readBreak"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/breaks/{id}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do something about a break
         * @description With `dry_run` it tells what would happen and changes nothing. A statement is about a merchant number, not about plans: only a key for every plan sees it. The key needs the verb `resolve`.
         */
        post: operations["resolveBreak"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List endpoints
         * @description Newest first. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `read`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Add an endpoint
         * @description It hears of everything from now on. Keep the secret: it is shown once. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `webhooks`.
         */
        post: operations["addWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an endpoint
         * @description Without its secret. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `read`.
         */
        get: operations["readWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Remove an endpoint
         * @description With its delivery log. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `webhooks`.
         */
        delete: operations["removeWebhookEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable an endpoint
         * @description It is sent nothing until it is enabled. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `webhooks`.
         */
        post: operations["disableWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable an endpoint
         * @description What was waiting is sent; what happened meanwhile is not: replay it. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `webhooks`.
         */
        post: operations["enableWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret
         * @description For 24 hours both secrets sign. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `webhooks`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test
         * @description A signed `webhook.test`, sent before this answers; the attempt says how it went. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `webhooks`.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a stretch of time
         * @description Sends every event of the time that the endpoint wants again, delivered before or not. Events are kept for EVENT_RETENTION_DAYS (90 unless set). Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `webhooks`.
         */
        post: operations["replayWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the delivery log
         * @description Newest first. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `read`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay one delivery
         * @description With the same webhook-id. Only for a key of every plan, for an endpoint hears of every plan. The key needs the verb `webhooks`.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the feed of events
         * @description Every event, in the order in which changes became visible: a reader that goes on with `next_after` misses none, whatever was written at the same time. An event may come twice, after a repeated request. Kept for EVENT_RETENTION_DAYS (at least 30), also while there is no webhook endpoint. Only events of the key’s plans; breaks only for a key of every plan. The key needs the verb `read`.
         */
        get: operations["readEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "contract.activated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * contract.activated
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["contract.activated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "contract.terminated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * contract.terminated
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["contract.terminated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "user.bound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * user.bound
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["user.bound"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "charge.succeeded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * charge.succeeded
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["charge.succeeded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "charge.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * charge.failed
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["charge.failed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "charge.needs_review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * charge.needs_review
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["charge.needs_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "charge.paid_twice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * charge.paid_twice
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["charge.paid_twice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "refund.succeeded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * refund.succeeded
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["refund.succeeded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "refund.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * refund.failed
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["refund.failed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "refund.needs_review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * refund.needs_review
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["refund.needs_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "reconciliation.break": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * reconciliation.break
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["reconciliation.break"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * webhook.test
         * @description Signed as Standard Webhooks says; docs/webhooks.md.
         */
        post: operations["webhook.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description Whose contract it is, masked. */
        Account: {
            /**
             * @description Your user_id, masked.
             * @example U1**1
             */
            user_id_masked: string;
            /**
             * @description The name you gave; may be empty.
             * @example 张三
             */
            display_name: string;
            /**
             * @description Where the user_id came from; made: generated here, because the merchant named none.
             * @example ticket
             * @enum {string}
             */
            origin: "ticket" | "made" | "sdk";
        };
        /** @description What UnionPay waits for. */
        Acknowledged: {
            /**
             * @description Always 00.
             * @example 00
             */
            resp: string;
        };
        /** @description A user of yours for whom a wallet pays from now on. */
        BoundUser: {
            /**
             * @description Your id of the payer.
             * @example U1001
             */
            user_id: string;
            /**
             * @description The id we had made, under which its contracts were known until now.
             * @example made-01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            former_user_id: string | null;
            /** @description What this user has signed, running contracts first; at most 200. */
            contracts: components["schemas"]["Contract"][];
        };
        /** @description A difference between the statement and what we know. */
        Break: {
            /**
             * @description Our id of the break.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            id: string;
            /**
             * @description Our id of the statement.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            statement: string;
            /**
             * @description 商户号.
             * @example 898310148160568
             */
            merchant_no: string;
            /**
             * @description The clearing day. A day in Beijing, YYYY-MM-DD.
             * @example 2026-11-22
             */
            day: string;
            /**
             * @description ours_only: paid here, not in the statement; theirs_only: no order of ours; amount and state: both have it and differ; duplicate: more than once; fee: not the agreed one; adjustment: a line of UnionPay’s file of errors and disputes; not_compared: a line or a file of it that cannot be read or is about another merchant number.
             * @example ours_only
             * @enum {string}
             */
            kind: "ours_only" | "theirs_only" | "amount" | "state" | "duplicate" | "fee" | "adjustment" | "not_compared";
            /**
             * @description The order it is about.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            order_id: string | null;
            /**
             * @description Null: not an order of ours.
             * @example charge
             * @enum {string|null}
             */
            order_kind: "charge" | "refund" | null;
            /**
             * @description UnionPay’s number of the transaction.
             * @example 812026112212000000018
             */
            query_id: string | null;
            /**
             * @description What is at stake. Fen (1/100 yuan).
             * @example 350
             */
            amount_fen: number;
            /**
             * @description gone: a later file no longer shows it.
             * @example open
             * @enum {string}
             */
            state: "open" | "resolved" | "gone";
            /** @description What may be done about it; the first is what the statement suggests. */
            actions: ("mark_paid" | "mark_not_paid" | "acknowledge")[];
            /**
             * @description acknowledge: somebody knows why; nothing is changed.
             * @example mark_paid
             * @enum {string|null}
             */
            action: "mark_paid" | "mark_not_paid" | "acknowledge" | null;
            /**
             * @description Who decided; through the API also the key.
             * @example 王五 (API key erp, 01KBN2V7Q4TZ8M3RXJ5W9GYHC6)
             */
            author: string | null;
            /**
             * @description Why.
             * @example 银行已确认
             */
            note: string | null;
            /**
             * @description When. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            found_at: string;
            /**
             * @description When. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            resolved_at: string | null;
            /** @description How our order stood when the break was found; null: no order of ours. */
            ours: {
                /**
                 * @description Its state.
                 * @example succeeded
                 */
                state: string;
                /**
                 * @description Its amount. Fen (1/100 yuan).
                 * @example 350
                 */
                amount_fen: number;
                /**
                 * @description Its clearing day. A day in Beijing, YYYY-MM-DD.
                 * @example 2026-11-22
                 */
                settle_on: string | null;
            } | null;
            /** @description What the line said; null: no line. */
            theirs: {
                /**
                 * @description The amount. Fen (1/100 yuan).
                 * @example 350
                 */
                amount_fen: number;
                /**
                 * @description The fee. Fen (1/100 yuan).
                 * @example 350
                 */
                fee_fen: number;
                /**
                 * @description What is settled. Fen (1/100 yuan).
                 * @example 350
                 */
                settled_fen: number;
                /**
                 * @description UnionPay’s kind of transaction.
                 * @example 01
                 */
                txn_type: string;
                /**
                 * @description UnionPay’s trace number.
                 * @example 000018
                 */
                trace: string;
                /** @description The line of the file, from 1. */
                line: number;
            } | null;
            /** @description What of the file was not compared; null in every other kind. */
            unread: {
                /**
                 * @description The file inside the statement.
                 * @example INN26112288ZM_898310148160568
                 */
                file: string;
                /** @description The first of them, at most 20; empty: the file could not be opened. */
                lines: number[];
                /** @description How many lines; 0: the file could not be opened. */
                count: number;
                /**
                 * @description What is wrong with the first, or with the file.
                 * @example its amount is unreadable
                 */
                why: string;
            } | null;
        };
        /** @description One page, oldest first. */
        BreakPage: {
            /** @description At most `limit` of them. */
            breaks: components["schemas"]["Break"][];
            /**
             * @description Send it as `cursor` for the next page; null when there is no more.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            next_cursor: string | null;
        };
        /** @description What was done about a break, or would be. */
        BreakResolution: {
            break: components["schemas"]["Break"];
            /** @description Nothing was changed, and `break` is as it was. */
            dry_run: boolean;
            /** @description What becomes of the order; null where none is touched. */
            order: {
                /**
                 * @description The order.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                order_id: string;
                /**
                 * @description Its state before.
                 * @example pending
                 * @enum {string}
                 */
                from: "pending" | "succeeded" | "failed";
                /**
                 * @description Its state after.
                 * @example pending
                 * @enum {string}
                 */
                to: "pending" | "succeeded" | "failed";
                /** @description What follows besides. */
                consequences: ("day_limit_used" | "day_limit_freed" | "order_may_be_charged_again" | "order_is_paid_twice" | "order_is_paid_once" | "charge_may_be_refunded" | "notice_covers_another_debit" | "amount_may_be_refunded_again" | "amount_was_refunded")[];
            } | null;
        };
        /** @description One charge of a contract. */
        Charge: {
            /**
             * @description Our number, and UnionPay’s 商户订单号.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            order_id: string;
            /**
             * @description Your number.
             * @example SHOP-20261122-0001
             */
            merchant_order_no: string;
            /**
             * @description 商户号 it was charged by.
             * @example 898310148160568
             */
            merchant_no: string;
            /**
             * @description Our id of the contract.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            contract: string;
            /**
             * @description Your id of the payer.
             * @example U1001
             */
            user_id: string;
            /**
             * @description The plan it was signed for.
             * @example a1f0c3d2e4b5968778695a4b3c2d1e04
             */
            plan_id: string;
            /**
             * @description The amount. Fen (1/100 yuan).
             * @example 350
             */
            amount_fen: number;
            /**
             * @description What the payer reads.
             * @example 乌龙茶 500 毫升
             */
            description: string;
            /**
             * @description A pending one may still become either: wait, do not charge again.
             * @example pending
             * @enum {string}
             */
            state: "pending" | "succeeded" | "failed";
            /** @description It needs manual review; meanwhile it can be neither refunded nor charged again. */
            needs_review: boolean;
            /**
             * @description Why it needs manual review: the sources contradict each other, a verified message names another amount, time or currency, UnionPay said A6, it is paid here and not in the statement of its day, or two charges of one merchant_order_no are paid.
             * @example failed_after_success
             * @enum {string|null}
             */
            review_reason: "failed_after_success" | "succeeded_after_failure" | "differs_from_order" | "succeeded_with_defect" | "absent_from_statement" | "paid_twice" | null;
            /**
             * @description Why it failed. declined: UnionPay or the bank said no, `unionpay_code` tells; not_sent: it never left us, nothing was taken.
             * @example declined
             * @enum {string|null}
             */
            reason: "declined" | "not_sent" | "decided_by_operator" | null;
            /**
             * @description UnionPay’s own code (respCode).
             * @example 00
             */
            unionpay_code: string | null;
            /**
             * @description UnionPay’s own words (respMsg).
             * @example 成功[0000000]
             */
            unionpay_text: string | null;
            /** @description What the code means; null without a code. */
            explanation: {
                /**
                 * @description In English, for the operator.
                 * @example Insufficient funds.
                 */
                operator: string;
                /**
                 * @description In Chinese, for the payer.
                 * @example 余额不足，请更换银行卡后再试。
                 */
                payer: string;
            } | null;
            /**
             * @description UnionPay’s number of the transaction (银联流水号).
             * @example 812026112212000000018
             */
            query_id: string | null;
            /**
             * @description When we accepted it. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            accepted_at: string;
            /**
             * @description When its outcome became known. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            settled_at: string | null;
            /**
             * @description The clearing day, once UnionPay named it. A day in Beijing, YYYY-MM-DD.
             * @example 2026-11-22
             */
            settle_on: string | null;
            /**
             * @description What a pending one waits for: UnionPay’s notification and our queries, the statement file, an operator.
             * @example notification
             * @enum {string|null}
             */
            waits_for: "notification" | "statement" | "manual_review" | null;
            /**
             * @description When UnionPay is asked next, unless it tells before. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            next_query_at: string | null;
            /**
             * @description What succeeded refunds and cancels returned. Fen (1/100 yuan).
             * @example 350
             */
            refunded_fen: number;
        };
        /** @description A charge with its history, oldest first, and all its refunds. */
        ChargeDetail: {
            /**
             * @description Our number, and UnionPay’s 商户订单号.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            order_id: string;
            /**
             * @description Your number.
             * @example SHOP-20261122-0001
             */
            merchant_order_no: string;
            /**
             * @description 商户号 it was charged by.
             * @example 898310148160568
             */
            merchant_no: string;
            /**
             * @description Our id of the contract.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            contract: string;
            /**
             * @description Your id of the payer.
             * @example U1001
             */
            user_id: string;
            /**
             * @description The plan it was signed for.
             * @example a1f0c3d2e4b5968778695a4b3c2d1e04
             */
            plan_id: string;
            /**
             * @description The amount. Fen (1/100 yuan).
             * @example 350
             */
            amount_fen: number;
            /**
             * @description What the payer reads.
             * @example 乌龙茶 500 毫升
             */
            description: string;
            /**
             * @description A pending one may still become either: wait, do not charge again.
             * @example pending
             * @enum {string}
             */
            state: "pending" | "succeeded" | "failed";
            /** @description It needs manual review; meanwhile it can be neither refunded nor charged again. */
            needs_review: boolean;
            /**
             * @description Why it needs manual review: the sources contradict each other, a verified message names another amount, time or currency, UnionPay said A6, it is paid here and not in the statement of its day, or two charges of one merchant_order_no are paid.
             * @example failed_after_success
             * @enum {string|null}
             */
            review_reason: "failed_after_success" | "succeeded_after_failure" | "differs_from_order" | "succeeded_with_defect" | "absent_from_statement" | "paid_twice" | null;
            /**
             * @description Why it failed. declined: UnionPay or the bank said no, `unionpay_code` tells; not_sent: it never left us, nothing was taken.
             * @example declined
             * @enum {string|null}
             */
            reason: "declined" | "not_sent" | "decided_by_operator" | null;
            /**
             * @description UnionPay’s own code (respCode).
             * @example 00
             */
            unionpay_code: string | null;
            /**
             * @description UnionPay’s own words (respMsg).
             * @example 成功[0000000]
             */
            unionpay_text: string | null;
            /** @description What the code means; null without a code. */
            explanation: {
                /**
                 * @description In English, for the operator.
                 * @example Insufficient funds.
                 */
                operator: string;
                /**
                 * @description In Chinese, for the payer.
                 * @example 余额不足，请更换银行卡后再试。
                 */
                payer: string;
            } | null;
            /**
             * @description UnionPay’s number of the transaction (银联流水号).
             * @example 812026112212000000018
             */
            query_id: string | null;
            /**
             * @description When we accepted it. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            accepted_at: string;
            /**
             * @description When its outcome became known. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            settled_at: string | null;
            /**
             * @description The clearing day, once UnionPay named it. A day in Beijing, YYYY-MM-DD.
             * @example 2026-11-22
             */
            settle_on: string | null;
            /**
             * @description What a pending one waits for: UnionPay’s notification and our queries, the statement file, an operator.
             * @example notification
             * @enum {string|null}
             */
            waits_for: "notification" | "statement" | "manual_review" | null;
            /**
             * @description When UnionPay is asked next, unless it tells before. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            next_query_at: string | null;
            /**
             * @description What succeeded refunds and cancels returned. Fen (1/100 yuan).
             * @example 350
             */
            refunded_fen: number;
            /** @description Oldest first. */
            history: components["schemas"]["OrderHistory"][];
            /** @description Oldest first. */
            refunds: components["schemas"]["Refund"][];
        };
        /** @description One page, newest first. */
        ChargePage: {
            /** @description At most `limit` of them. */
            charges: components["schemas"]["Charge"][];
            /**
             * @description Send it as `cursor` for the next page; null when there is no more.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            next_cursor: string | null;
        };
        /** @description A contract of one payer for one plan. */
        Contract: {
            /**
             * @description Our id of the contract; send it as `contract`.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            id: string;
            /**
             * @description UnionPay’s 签约协议号, masked; empty until it is known.
             * @example 6218****9012
             */
            contract_id_masked: string;
            /**
             * @description 应用方签约号, ours.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            contract_code: string;
            /**
             * @description Your id of the payer; one that begins with made- until the wallet is bound to a user of yours.
             * @example U1001
             */
            user_id: string;
            /**
             * @description The plan it was signed for.
             * @example a1f0c3d2e4b5968778695a4b3c2d1e04
             */
            plan_id: string;
            plan: components["schemas"]["Plan"];
            /**
             * @description Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one.
             * @example applying
             * @enum {string}
             */
            state: "applying" | "active" | "abandoned" | "rejected" | "terminating" | "terminated";
            /**
             * @description When it was signed. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            signed_at: string | null;
            /**
             * @description When it ended. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            terminated_at: string | null;
            /**
             * @description Who ended it.
             * @example payer_here
             * @enum {string|null}
             */
            ended_by: "payer_here" | "payer_in_wallet" | "merchant" | "unionpay" | null;
            /** @description It needs manual review. */
            needs_review: boolean;
            /**
             * @description The H5 in the wallet, or the SDK in your own app.
             * @example h5
             * @enum {string}
             */
            signed_through: "h5" | "sdk";
        };
        /** @description A contract with its history. */
        ContractDetail: {
            /**
             * @description Our id of the contract; send it as `contract`.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            id: string;
            /**
             * @description UnionPay’s 签约协议号, masked; empty until it is known.
             * @example 6218****9012
             */
            contract_id_masked: string;
            /**
             * @description 应用方签约号, ours.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            contract_code: string;
            /**
             * @description Your id of the payer; one that begins with made- until the wallet is bound to a user of yours.
             * @example U1001
             */
            user_id: string;
            /**
             * @description The plan it was signed for.
             * @example a1f0c3d2e4b5968778695a4b3c2d1e04
             */
            plan_id: string;
            plan: components["schemas"]["Plan"];
            /**
             * @description Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one.
             * @example applying
             * @enum {string}
             */
            state: "applying" | "active" | "abandoned" | "rejected" | "terminating" | "terminated";
            /**
             * @description When it was signed. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            signed_at: string | null;
            /**
             * @description When it ended. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            terminated_at: string | null;
            /**
             * @description Who ended it.
             * @example payer_here
             * @enum {string|null}
             */
            ended_by: "payer_here" | "payer_in_wallet" | "merchant" | "unionpay" | null;
            /** @description It needs manual review. */
            needs_review: boolean;
            /**
             * @description The H5 in the wallet, or the SDK in your own app.
             * @example h5
             * @enum {string}
             */
            signed_through: "h5" | "sdk";
            /** @description Oldest first. */
            history: components["schemas"]["ContractHistory"][];
            account: components["schemas"]["Account"];
            /**
             * @description What charges of today (Beijing) use of `plan.daily_limit_fen`; refunds do not lower it. Fen (1/100 yuan).
             * @example 350
             */
            used_today_fen: number;
        };
        /** @description One change of state. */
        ContractHistory: {
            /**
             * @description When. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            at: string;
            /**
             * @description Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one.
             * @example applying
             * @enum {string|null}
             */
            from: "applying" | "active" | "abandoned" | "rejected" | "terminating" | "terminated" | null;
            /**
             * @description Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one.
             * @example applying
             * @enum {string}
             */
            to: "applying" | "active" | "abandoned" | "rejected" | "terminating" | "terminated";
            /**
             * @description The source of this change.
             * @example start
             * @enum {string}
             */
            source: "start" | "return" | "apply" | "info" | "relieve" | "notice" | "sweep" | "job" | "payer" | "merchant";
            /**
             * @description A word of ours.
             * @example never_returned
             */
            reason: string | null;
        };
        /** @description One page, newest first. */
        ContractPage: {
            /** @description At most `limit` of them. */
            contracts: components["schemas"]["Contract"][];
            /**
             * @description Send it as `cursor` for the next page; null when there is no more.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            next_cursor: string | null;
        };
        /** @description The notice a payer gets before a renewal is debited. */
        DebitNotice: {
            /**
             * @description Our id of the notice.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            id: string;
            /**
             * @description Our id of the contract.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            contract: string;
            /**
             * @description price_change: the amount differs from what was debited last.
             * @example renewal
             * @enum {string}
             */
            kind: "renewal" | "price_change";
            /**
             * @description What will be debited. Fen (1/100 yuan).
             * @example 350
             */
            amount_fen: number;
            /**
             * @description Of a price change: what was debited last. Fen (1/100 yuan).
             * @example 350
             */
            previous_amount_fen: number | null;
            /**
             * @description The day of the debit. A day in Beijing, YYYY-MM-DD.
             * @example 2026-11-22
             */
            debit_on: string;
            /**
             * @description What is debited.
             * @example 月度会员
             */
            description: string;
            /**
             * @description As the notice to the payer said.
             * @example 云闪付 → 我的 → 设置 → 支付设置 → 无感支付
             */
            way_to_cancel: string;
            /**
             * @description When it was announced. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            announced_at: string;
            /**
             * @description When it was withdrawn. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            withdrawn_at: string | null;
            /** @description Each way the payer was notified. */
            deliveries: {
                /**
                 * @description How the payer was notified.
                 * @example mini_app
                 * @enum {string}
                 */
                channel: "mini_app" | "sms" | "push" | "mail" | "letter" | "other";
                /**
                 * @description Your own number of the message.
                 * @example SMS-881
                 */
                proof: string | null;
                /**
                 * @description When you said so. ISO 8601, UTC.
                 * @example 2026-11-22T04:00:00.000Z
                 */
                delivered_at: string;
            }[];
        };
        /** @description One page, newest first. */
        DebitNoticePage: {
            /** @description At most `limit` of them. */
            debit_notices: components["schemas"]["DebitNotice"][];
            /**
             * @description Send it as `cursor` for the next page; null when there is no more.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            next_cursor: string | null;
        };
        /** @description Every refusal and fault has this one shape. */
        Error: {
            /**
             * @description Stable; decide by it, never by the message.
             * @example contract_not_active
             * @enum {string}
             */
            code: "bad_request" | "not_signed_in" | "session_unproved" | "api_key_invalid" | "verb_not_allowed" | "origin_refused" | "not_found" | "plan_unknown" | "plan_withdrawn" | "body_too_large" | "rate_limited" | "ticket_invalid" | "ticket_expired" | "ticket_replayed" | "account_conflict" | "account_unconfirmed" | "consent_missing" | "already_signed" | "signing_in_progress" | "state_unknown" | "state_used" | "state_foreign" | "sign_in_failed" | "wallet_refused" | "contract_not_active" | "contract_in_review" | "contract_unknown" | "idempotency_key_missing" | "idempotency_key_reused" | "idempotency_key_busy" | "merchant_order_taken" | "merchant_no_unknown" | "merchant_no_refused" | "over_single_limit" | "over_daily_limit" | "debit_not_announced" | "debit_notice_too_late" | "operator_refused" | "role_too_low" | "approval_required" | "approval_pending" | "approval_own" | "approval_of_another" | "approval_decided" | "debit_notice_exists" | "charge_not_refundable" | "nothing_to_resolve" | "charge_has_refunds" | "refund_exceeds_charge" | "refund_excluded" | "refund_too_late" | "cancel_too_late" | "cancel_not_allowed" | "break_not_open" | "break_action_refused" | "statement_busy" | "erasure_contract_open" | "erasure_order_open" | "feed_expired" | "feed_position_unknown" | "webhook_url_refused" | "unionpay_unavailable" | "overloaded" | "database_lost" | "notification_invalid" | "internal";
            /**
             * @description What happened, in English.
             * @example The contract is not active.
             */
            message: string;
            /**
             * @description What to do about it.
             * @example Read the contract; it may have ended elsewhere.
             */
            what_to_do: string;
            /**
             * @description Tell it to the operator; the log has it too.
             * @example 0f8e5e9e-6a0b-4c39-9a52-1c5f4d0f7b11
             */
            request_id: string;
            /** @description Of bad_request: what is wrong. */
            fields?: {
                /**
                 * @description Which field.
                 * @example amount_fen
                 */
                path: string;
                /**
                 * @description What is wrong with it.
                 * @example must be >= 1
                 */
                problem: string;
            }[];
        };
        /** @description An event: what its webhook says. */
        FeedEvent: {
            /** @description Its place in the feed. It rises; numbers may be left out. */
            position: number;
            /**
             * @description What happened.
             * @example contract.activated
             * @enum {string}
             */
            type: "contract.activated" | "contract.terminated" | "user.bound" | "charge.succeeded" | "charge.failed" | "charge.needs_review" | "charge.paid_twice" | "refund.succeeded" | "refund.failed" | "refund.needs_review" | "reconciliation.break" | "webhook.test";
            /**
             * @description When it happened. It need not rise. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            timestamp: string;
            /** @description The thing it is about, as it is now: it may be further on than the type says. */
            data: {
                charge: components["schemas"]["Charge"];
            } | {
                refund: components["schemas"]["Refund"];
            } | {
                contract: components["schemas"]["Contract"];
            } | {
                user: components["schemas"]["BoundUser"];
            } | {
                break: components["schemas"]["Break"];
            };
        };
        /** @description Events after a position. */
        FeedPage: {
            /** @description Positions rise. May be empty while `has_more` is true: a key that is bound to plans passes over what belongs to others. */
            events: components["schemas"]["FeedEvent"][];
            /** @description Send it as `after` to go on. */
            next_after: number;
            /** @description There is more by now; false: ask again in a while. */
            has_more: boolean;
        };
        /** @description The process answers. */
        Life: {
            /** @description Always true. */
            live: boolean;
        };
        /** @description One thing that happened to a charge or refund. */
        OrderHistory: {
            /**
             * @description When. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            at: string;
            /**
             * @description A pending one may still become either: wait, do not charge again.
             * @example pending
             * @enum {string|null}
             */
            from: "pending" | "succeeded" | "failed" | null;
            /**
             * @description A pending one may still become either: wait, do not charge again.
             * @example pending
             * @enum {string}
             */
            to: "pending" | "succeeded" | "failed";
            /**
             * @description The source of this change.
             * @example merchant
             * @enum {string}
             */
            source: "merchant" | "answer" | "notification" | "query" | "statement" | "job" | "operator";
            /**
             * @description Why. unexplained: neither notification nor query nor statement named an outcome; from here on it needs manual review.
             * @example declined
             * @enum {string|null}
             */
            reason: "declined" | "not_sent" | "decided_by_operator" | "failed_after_success" | "succeeded_after_failure" | "differs_from_order" | "succeeded_with_defect" | "absent_from_statement" | "paid_twice" | "paid_once" | "unexplained" | null;
            /**
             * @description UnionPay’s own code (respCode).
             * @example 00
             */
            unionpay_code: string | null;
            /**
             * @description The operator who decided; through the API also the key.
             * @example 王五 (API key erp, 01KBN2V7Q4TZ8M3RXJ5W9GYHC6)
             */
            author: string | null;
        };
        /** @description A signing template (签约模板) of the catalogue. */
        Plan: {
            /**
             * @description 签约模板标题.
             * @example 青禾便利 无人货柜无感支付
             */
            title: string;
            /**
             * @description UnionPay’s number of the template.
             * @example a1f0c3d2e4b5968778695a4b3c2d1e04
             */
            plan_id: string;
            /**
             * @description 交通出行, 车主服务, 智慧零售, 生活缴费.
             * @example transport
             * @enum {string}
             */
            scenario: "transport" | "car" | "retail" | "living";
            /**
             * @description The use within it.
             * @example 无人货柜
             */
            sub_scenario: string;
            /**
             * @description 接入方简称, the name on the bill.
             * @example 青禾便利
             */
            payee: string;
            /**
             * @description 签约套餐内容.
             * @example 关门后自动扣款
             */
            content: string;
            /**
             * @description The most one charge may take. Fen (1/100 yuan).
             * @example 350
             */
            single_limit_fen: number;
            /**
             * @description The most one contract may be charged in a Beijing day. Fen (1/100 yuan).
             * @example 350
             */
            daily_limit_fen: number;
            /** @description Only a credit card may be bound. */
            credit_card_required: boolean;
            /** @description UnionPay compares the mobile number. */
            verify_mobile: boolean;
            /** @description UnionPay compares the identity number. */
            verify_identity: boolean;
            /** @description 银联垫付: UnionPay advances the amount where the card does not pay. */
            unionpay_advances: boolean;
            /** @description Can be ended only with the merchant, not in the wallet. */
            offline: boolean;
            /** @description New contracts may be signed. */
            accepts_new: boolean;
            /** @description For a renewal plan: how many whole days before each debit the payer is notified. Null: no notice. */
            notice_days: number | null;
        };
        /** @description Every plan this key covers; there is no second page. */
        PlanList: {
            /** @description In the catalogue’s order. */
            plans: components["schemas"]["Plan"][];
        };
        /** @description Whether it can do its work. */
        Readiness: {
            /** @description Send it requests. */
            ready: boolean;
            /** @description The database answers. */
            database: boolean;
            /** @description A graceful stop has begun. */
            stopping: boolean;
        };
        /** @description A refund or a cancel of a charge. */
        Refund: {
            /**
             * @description Our number of the refund, and UnionPay’s 商户订单号.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            order_id: string;
            /**
             * @description order_id of the charge.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            charge: string;
            /**
             * @description refund: part or all of it, several times; cancel: all of it, on its clearing day.
             * @example refund
             * @enum {string}
             */
            kind: "refund" | "cancel";
            /**
             * @description The amount. Fen (1/100 yuan).
             * @example 350
             */
            amount_fen: number;
            /**
             * @description What the payer reads.
             * @example 乌龙茶 500 毫升
             */
            description: string;
            /**
             * @description A pending one may still become either: wait, do not charge again.
             * @example pending
             * @enum {string}
             */
            state: "pending" | "succeeded" | "failed";
            /** @description It needs manual review; meanwhile it can be neither refunded nor charged again. */
            needs_review: boolean;
            /**
             * @description Why it needs manual review: the sources contradict each other, a verified message names another amount, time or currency, UnionPay said A6, it is paid here and not in the statement of its day, or two charges of one merchant_order_no are paid.
             * @example failed_after_success
             * @enum {string|null}
             */
            review_reason: "failed_after_success" | "succeeded_after_failure" | "differs_from_order" | "succeeded_with_defect" | "absent_from_statement" | "paid_twice" | null;
            /**
             * @description Why it failed. declined: UnionPay or the bank said no, `unionpay_code` tells; not_sent: it never left us, nothing was taken.
             * @example declined
             * @enum {string|null}
             */
            reason: "declined" | "not_sent" | "decided_by_operator" | null;
            /**
             * @description UnionPay’s own code (respCode).
             * @example 00
             */
            unionpay_code: string | null;
            /**
             * @description UnionPay’s own words (respMsg).
             * @example 成功[0000000]
             */
            unionpay_text: string | null;
            /** @description What the code means; null without a code. */
            explanation: {
                /**
                 * @description In English, for the operator.
                 * @example Insufficient funds.
                 */
                operator: string;
                /**
                 * @description In Chinese, for the payer.
                 * @example 余额不足，请更换银行卡后再试。
                 */
                payer: string;
            } | null;
            /**
             * @description UnionPay’s number of the transaction (银联流水号).
             * @example 812026112212000000018
             */
            query_id: string | null;
            /**
             * @description When we accepted it. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            accepted_at: string;
            /**
             * @description When its outcome became known. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            settled_at: string | null;
            /**
             * @description The clearing day, once UnionPay named it. A day in Beijing, YYYY-MM-DD.
             * @example 2026-11-22
             */
            settle_on: string | null;
            /**
             * @description What a pending one waits for: UnionPay’s notification and our queries, the statement file, an operator.
             * @example notification
             * @enum {string|null}
             */
            waits_for: "notification" | "statement" | "manual_review" | null;
            /**
             * @description When UnionPay is asked next, unless it tells before. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            next_query_at: string | null;
        };
        /** @description One page, newest first. */
        RefundPage: {
            /** @description At most `limit` of them. */
            refunds: components["schemas"]["Refund"][];
            /**
             * @description Send it as `cursor` for the next page; null when there is no more.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            next_cursor: string | null;
        };
        /** @description What a replay set going. */
        Replayed: {
            /** @description So many deliveries. */
            replayed: number;
        };
        /** @description What your app hands to the SDK (SDK signing). */
        SdkSigning: {
            /**
             * @description Our id of the attempt; complete it with the code the SDK returns.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            signing_id: string;
            /**
             * @description Your appId at the open platform.
             * @example 0123456789abcdef
             */
            app_id: string;
            /**
             * @description The plan to sign.
             * @example a1f0c3d2e4b5968778695a4b3c2d1e04
             */
            plan_id: string;
            /**
             * @description The scope to ask for.
             * @example upapi_contract
             */
            scope: string;
            /**
             * @description The state to hand over; single use.
             * @example f3c9…
             */
            state: string;
            /**
             * @description The attempt ends then. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            expires_at: string;
        };
        /** @description An attempt to sign, and the contract it became. */
        Signing: {
            /**
             * @description Our id of the attempt.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            signing_id: string;
            plan: components["schemas"]["Plan"];
            /**
             * @description waiting: at UnionPay’s page; processing: the outcome is not known yet; cancelled: the payer did not agree; expired: never came back.
             * @example waiting
             * @enum {string}
             */
            state: "waiting" | "processing" | "succeeded" | "failed" | "cancelled" | "expired";
            /**
             * @description Why it did not succeed, or not yet (outcome_unknown: asked, no answer yet; we ask again). already_signed: it succeeded through another attempt, whose contract this is.
             * @example wallet_error
             * @enum {string|null}
             */
            reason: "wallet_error" | "returned_empty" | "code_refused" | "wallet_foreign" | "already_signed" | "already_signed_elsewhere" | "rejected" | "unionpay_silent" | "outcome_unknown" | "never_returned" | null;
            /**
             * @description UnionPay’s own code, for a support call.
             * @example a31
             */
            unionpay_code: string | null;
            /** @description Once it is signed. */
            contract: components["schemas"]["Contract"] | null;
            /**
             * @description When it began. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            started_at: string;
            /**
             * @description When we will know more at the earliest. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            next_check_at: string | null;
        };
        /** @description The morning file of one clearing day and merchant number, and what comparing it found. */
        Statement: {
            /**
             * @description Our id of the statement.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            id: string;
            /**
             * @description 商户号.
             * @example 898310148160568
             */
            merchant_no: string;
            /**
             * @description The clearing day. A day in Beijing, YYYY-MM-DD.
             * @example 2026-11-22
             */
            day: string;
            /**
             * @description awaited: not here yet; reconciled: read to its end and compared; malformed: came and cannot be read; missing: given up.
             * @example awaited
             * @enum {string}
             */
            state: "awaited" | "reconciled" | "malformed" | "missing";
            /**
             * @description Why the last asking brought nothing.
             * @example not_ready
             */
            problem: string | null;
            /**
             * @description When UnionPay is asked next by itself; null: no more. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            next_fetch_at: string | null;
            /**
             * @description SHA-256 of the zip.
             * @example 9f86d081884c7d65…
             */
            digest: string | null;
            /** @description How many different files UnionPay gave for this day. */
            issues: number;
            /** @description Lines of the file. */
            lines: number | null;
            /**
             * @description What it says was charged. Fen (1/100 yuan).
             * @example 350
             */
            charged_fen: number | null;
            /**
             * @description What it says was refunded. Fen (1/100 yuan).
             * @example 350
             */
            returned_fen: number | null;
            /**
             * @description The fees in it. Fen (1/100 yuan).
             * @example 350
             */
            fee_fen: number | null;
            /** @description Orders whose outcome only the statement revealed. */
            settled_orders: number;
            /** @description What the last comparison found, even beyond the ten thousand that are listed, and what the next day’s statement added. */
            breaks_found: number;
            /** @description Those listed that nobody has dealt with; also of earlier comparisons, until one no longer finds them. */
            open_breaks: number;
            /**
             * @description When the file came. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            fetched_at: string | null;
            /**
             * @description When it was compared. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            reconciled_at: string | null;
        };
        /** @description One page, newest first. */
        StatementPage: {
            /** @description At most `limit` of them. */
            statements: components["schemas"]["Statement"][];
            /**
             * @description Send it as `cursor` for the next page; null when there is no more.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            next_cursor: string | null;
        };
        /** @description How one event was brought to one endpoint. */
        WebhookDelivery: {
            /**
             * @description Our id of the delivery.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            id: string;
            /**
             * @description The webhook-id; the same at every endpoint and every attempt.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            event: string;
            /**
             * @description Our id of the endpoint.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            endpoint: string;
            /**
             * @description What happened.
             * @example contract.activated
             * @enum {string}
             */
            type: "contract.activated" | "contract.terminated" | "user.bound" | "charge.succeeded" | "charge.failed" | "charge.needs_review" | "charge.paid_twice" | "refund.succeeded" | "refund.failed" | "refund.needs_review" | "reconciliation.break" | "webhook.test";
            /**
             * @description The order_id, or our id of the contract, break or binding.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            subject: string;
            /**
             * @description When it happened. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            occurred_at: string;
            /**
             * @description given_up: after twelve attempts in three days.
             * @example pending
             * @enum {string}
             */
            state: "pending" | "delivered" | "given_up";
            /**
             * @description Of a pending one. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            next_attempt_at: string | null;
            /**
             * @description When it was taken. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            delivered_at: string | null;
            /** @description The last twenty, oldest first. */
            attempts: {
                /**
                 * @description When. ISO 8601, UTC.
                 * @example 2026-11-22T04:00:00.000Z
                 */
                at: string;
                /** @description HTTP status; null: no answer. */
                status: number | null;
                /** @description How long it took, in milliseconds. */
                ms: number;
                /**
                 * @description not_reached, timeout, broken_answer, inside_address, subject_gone or not_written.
                 * @example timeout
                 */
                problem: string | null;
            }[];
        };
        /** @description One page, newest first. */
        WebhookDeliveryPage: {
            /** @description At most `limit` of them. */
            webhook_deliveries: components["schemas"]["WebhookDelivery"][];
            /**
             * @description Send it as `cursor` for the next page; null when there is no more.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            next_cursor: string | null;
        };
        /** @description An address of yours that hears of events. */
        WebhookEndpoint: {
            /**
             * @description Our id of the endpoint.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            id: string;
            /**
             * @description Where webhooks go.
             * @example https://shop.example/webhooks
             */
            url: string;
            /** @description Which are sent; empty: every type. */
            types: ("contract.activated" | "contract.terminated" | "user.bound" | "charge.succeeded" | "charge.failed" | "charge.needs_review" | "charge.paid_twice" | "refund.succeeded" | "refund.failed" | "refund.needs_review" | "reconciliation.break" | "webhook.test")[];
            /**
             * @description A disabled one is sent nothing; what happened meanwhile can be replayed.
             * @example active
             * @enum {string}
             */
            state: "active" | "disabled";
            /**
             * @description failed_too_long: nothing but failures for three days; answered_gone: status 410.
             * @example failed_too_long
             * @enum {string|null}
             */
            disabled_reason: "failed_too_long" | "answered_gone" | "by_hand" | null;
            /**
             * @description The first failure since the last success. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            failing_since: string | null;
            /**
             * @description After a rotation both secrets sign until then. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            old_secret_until: string | null;
            /**
             * @description When. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            created_at: string;
        };
        /** @description One page, newest first. */
        WebhookEndpointPage: {
            /** @description At most `limit` of them. */
            webhook_endpoints: components["schemas"]["WebhookEndpoint"][];
            /**
             * @description Send it as `cursor` for the next page; null when there is no more.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            next_cursor: string | null;
        };
        /** @description An endpoint with its new secret, which is shown this once. */
        WebhookEndpointSecret: {
            /**
             * @description Our id of the endpoint.
             * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
             */
            id: string;
            /**
             * @description Where webhooks go.
             * @example https://shop.example/webhooks
             */
            url: string;
            /** @description Which are sent; empty: every type. */
            types: ("contract.activated" | "contract.terminated" | "user.bound" | "charge.succeeded" | "charge.failed" | "charge.needs_review" | "charge.paid_twice" | "refund.succeeded" | "refund.failed" | "refund.needs_review" | "reconciliation.break" | "webhook.test")[];
            /**
             * @description A disabled one is sent nothing; what happened meanwhile can be replayed.
             * @example active
             * @enum {string}
             */
            state: "active" | "disabled";
            /**
             * @description failed_too_long: nothing but failures for three days; answered_gone: status 410.
             * @example failed_too_long
             * @enum {string|null}
             */
            disabled_reason: "failed_too_long" | "answered_gone" | "by_hand" | null;
            /**
             * @description The first failure since the last success. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            failing_since: string | null;
            /**
             * @description After a rotation both secrets sign until then. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            old_secret_until: string | null;
            /**
             * @description When. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            created_at: string;
            /**
             * @description For verifying: whsec_ and Base64.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
        };
        /** @description The body of a webhook. */
        WebhookEvent: {
            /**
             * @description What happened.
             * @example contract.activated
             * @enum {string}
             */
            type: "contract.activated" | "contract.terminated" | "user.bound" | "charge.succeeded" | "charge.failed" | "charge.needs_review" | "charge.paid_twice" | "refund.succeeded" | "refund.failed" | "refund.needs_review" | "reconciliation.break" | "webhook.test";
            /**
             * @description When it happened. ISO 8601, UTC.
             * @example 2026-11-22T04:00:00.000Z
             */
            timestamp: string;
            /** @description Its place in the feed (`GET /v1/events`). Null: a test, or an event of before the feed. */
            position: number | null;
            /** @description The thing it is about, as it is when the webhook is sent: it may be further on than the type says. */
            data: {
                charge: components["schemas"]["Charge"];
            } | {
                refund: components["schemas"]["Refund"];
            } | {
                contract: components["schemas"]["Contract"];
            } | {
                user: components["schemas"]["BoundUser"];
            } | {
                break: components["schemas"]["Break"];
            } | {
                /**
                 * @description Our id of the endpoint.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                test: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Account = components['schemas']['Account'];
export type Acknowledged = components['schemas']['Acknowledged'];
export type BoundUser = components['schemas']['BoundUser'];
export type Break = components['schemas']['Break'];
export type BreakPage = components['schemas']['BreakPage'];
export type BreakResolution = components['schemas']['BreakResolution'];
export type Charge = components['schemas']['Charge'];
export type ChargeDetail = components['schemas']['ChargeDetail'];
export type ChargePage = components['schemas']['ChargePage'];
export type Contract = components['schemas']['Contract'];
export type ContractDetail = components['schemas']['ContractDetail'];
export type ContractHistory = components['schemas']['ContractHistory'];
export type ContractPage = components['schemas']['ContractPage'];
export type DebitNotice = components['schemas']['DebitNotice'];
export type DebitNoticePage = components['schemas']['DebitNoticePage'];
export type Error = components['schemas']['Error'];
export type FeedEvent = components['schemas']['FeedEvent'];
export type FeedPage = components['schemas']['FeedPage'];
export type Life = components['schemas']['Life'];
export type OrderHistory = components['schemas']['OrderHistory'];
export type Plan = components['schemas']['Plan'];
export type PlanList = components['schemas']['PlanList'];
export type Readiness = components['schemas']['Readiness'];
export type Refund = components['schemas']['Refund'];
export type RefundPage = components['schemas']['RefundPage'];
export type Replayed = components['schemas']['Replayed'];
export type SdkSigning = components['schemas']['SdkSigning'];
export type Signing = components['schemas']['Signing'];
export type Statement = components['schemas']['Statement'];
export type StatementPage = components['schemas']['StatementPage'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];
export type WebhookDeliveryPage = components['schemas']['WebhookDeliveryPage'];
export type WebhookEndpoint = components['schemas']['WebhookEndpoint'];
export type WebhookEndpointPage = components['schemas']['WebhookEndpointPage'];
export type WebhookEndpointSecret = components['schemas']['WebhookEndpointSecret'];
export type WebhookEvent = components['schemas']['WebhookEvent'];
export type $defs = Record<string, never>;
export interface operations {
    startSdkSigning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Your own id of the payer.
                     * @example U1001
                     */
                    user_id: string;
                    /**
                     * @description UnionPay’s number of the signing template (签约模板).
                     * @example a1f0c3d2e4b5968778695a4b3c2d1e04
                     */
                    plan_id: string;
                    /**
                     * @description A name by which the payer knows this account.
                     * @example 张三
                     */
                    display_name?: string;
                };
            };
        };
        responses: {
            /** @description Started. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SdkSigning"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `plan_unknown`: There is no such plan. Read the list of plans. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `plan_withdrawn`: This plan takes no new contracts. Choose another plan.
             *
             *     `already_signed`: There is already an active contract for this plan. Read the contracts of this user.
             *
             *     `signing_in_progress`: UnionPay is still being asked about a signing of this plan. Read the result of that signing; it resolves by itself.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    completeSdkSigning: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The code the SDK returned, as it is.
                     * @example Q8d…
                     */
                    code: string;
                };
            };
        };
        responses: {
            /** @description The signing as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signing"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readSigning: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signing"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plans. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanList"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listContracts: {
        parameters: {
            query?: {
                /**
                 * @description Your own id of the payer.
                 * @example U1001
                 */
                user_id?: string;
                /**
                 * @description UnionPay’s number of the signing template (签约模板).
                 * @example a1f0c3d2e4b5968778695a4b3c2d1e04
                 */
                plan_id?: string;
                /**
                 * @description Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one.
                 * @example applying
                 */
                state?: "applying" | "active" | "abandoned" | "rejected" | "terminating" | "terminated";
                /**
                 * @description `next_cursor` of the page before.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                cursor?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of contracts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractPage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readContract: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contract. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractDetail"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    terminateContract: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended, or ending. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractDetail"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `contract_not_active`: The contract is not active. Read the contract; it may have ended elsewhere. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listCharges: {
        parameters: {
            query?: {
                /**
                 * @description Only those in this state.
                 * @example pending
                 */
                state?: "pending" | "succeeded" | "failed";
                /**
                 * @description Only those that need manual review, or only the others.
                 * @example true
                 */
                needs_review?: "true" | "false";
                /**
                 * @description 商户号, one of ACP_MERCHANTS.
                 * @example 898310148160568
                 */
                merchant_no?: string;
                /**
                 * @description ISO 8601 with offset; in an address write + as %2B.
                 * @example 2026-11-22T00:00:00+08:00
                 */
                from?: string;
                /**
                 * @description ISO 8601 with offset; in an address write + as %2B.
                 * @example 2026-11-22T00:00:00+08:00
                 */
                to?: string;
                /**
                 * @description `next_cursor` of the page before.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                cursor?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                contract?: string;
                /**
                 * @description UnionPay’s number of the signing template (签约模板).
                 * @example a1f0c3d2e4b5968778695a4b3c2d1e04
                 */
                plan_id?: string;
                /**
                 * @description Your own id of the payer.
                 * @example U1001
                 */
                user_id?: string;
                /**
                 * @description Your own number for what is paid. A second charge for it is refused while an earlier one may be paid.
                 * @example SHOP-20261122-0001
                 */
                merchant_order_no?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of charges. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createCharge: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required; 1–255 visible ASCII characters. One key for each purchase; the same key and body again give the same order in its present state. Kept for 30 days and more.
                 * @example purchase-20261122-0001
                 */
                "idempotency-key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Your own number for what is paid. A second charge for it is refused while an earlier one may be paid.
                     * @example SHOP-20261122-0001
                     */
                    merchant_order_no: string;
                    /**
                     * @description Fen (1/100 yuan): 350 is ¥3.50.
                     * @example 350
                     */
                    amount_fen: number;
                    /**
                     * @description One line the payer reads on the bill.
                     * @example 乌龙茶 500 毫升
                     */
                    description: string;
                    /**
                     * @description 商户号, one of ACP_MERCHANTS.
                     * @example 898310148160568
                     */
                    merchant_no: string;
                    /**
                     * @description UnionPay’s 签约协议号. Name the contract in exactly one way.
                     * @example 6218400000000000012
                     */
                    contract_id?: string;
                    /**
                     * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                     * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                     */
                    contract?: string;
                    /**
                     * @description Your own id of the payer.
                     * @example U1001
                     */
                    user_id?: string;
                    /**
                     * @description UnionPay’s number of the signing template (签约模板).
                     * @example a1f0c3d2e4b5968778695a4b3c2d1e04
                     */
                    plan_id?: string;
                };
            };
        };
        responses: {
            /** @description The charge this Idempotency-Key made before, as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charge"];
                };
            };
            /** @description Accepted. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charge"];
                };
            };
            /**
             * @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema.
             *
             *     `idempotency_key_missing`: The Idempotency-Key header is missing or not 1–255 visible ASCII characters. Send one key for each purchase, and the same key when you repeat a request.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `contract_unknown`: There is no such contract for this key. Send UnionPay's contract_id, our id as `contract`, or user_id with plan_id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `idempotency_key_busy`: The first request with this Idempotency-Key is still being accepted. Repeat it in a second, with the same key.
             *
             *     `merchant_order_taken`: There is a charge for this merchant_order_no that is pending, succeeded or in review. GET /v1/charges?merchant_order_no=…; wait for its outcome instead of charging again.
             *
             *     `contract_not_active`: The contract is not active. Read the contract; it may have ended elsewhere.
             *
             *     `contract_in_review`: UnionPay names another number for this contract. Wait: an operator of the merchant compares the two in the console.
             *
             *     `debit_not_announced`: The payer was not notified of this debit in time. POST /v1/contracts/:id/debit-notices first, as many days before as the plan says.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `idempotency_key_reused`: This Idempotency-Key was used with another body. Use a new key for another request.
             *
             *     `merchant_no_unknown`: This merchant number is not configured here. Send one of the numbers in ACP_MERCHANTS.
             *
             *     `merchant_no_refused`: The plan is charged by fixed merchant numbers, and this is none of them. Compare fixed_merchants of the plan.
             *
             *     `over_single_limit`: The amount is above the plan's limit for one charge. Charge less; the limit is part of the contract.
             *
             *     `over_daily_limit`: With this charge the contract would exceed its limit of the day. Charge tomorrow (Shanghai time), or less.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resolveCharge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What the operator found out.
                     * @example paid
                     * @enum {string}
                     */
                    decision: "paid" | "not_paid";
                    /**
                     * @description Who says so. The history names the API key behind it.
                     * @example 王五
                     */
                    author: string;
                };
            };
        };
        responses: {
            /** @description Resolved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargeDetail"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `nothing_to_resolve`: This needs no manual review. Read it; only what needs manual review can be resolved. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readCharge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The charge. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargeDetail"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createRefund: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required; 1–255 visible ASCII characters. One key for each purchase; the same key and body again give the same order in its present state. Kept for 30 days and more.
                 * @example purchase-20261122-0001
                 */
                "idempotency-key": string;
            };
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Fen (1/100 yuan): 350 is ¥3.50.
                     * @example 350
                     */
                    amount_fen?: number;
                    /**
                     * @description One line the payer reads on the bill.
                     * @example 乌龙茶 500 毫升
                     */
                    description: string;
                };
            };
        };
        responses: {
            /** @description What this Idempotency-Key made before, as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description Accepted. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /**
             * @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema.
             *
             *     `idempotency_key_missing`: The Idempotency-Key header is missing or not 1–255 visible ASCII characters. Send one key for each purchase, and the same key when you repeat a request.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `idempotency_key_busy`: The first request with this Idempotency-Key is still being accepted. Repeat it in a second, with the same key.
             *
             *     `charge_not_refundable`: Only a succeeded charge that is not in review can be refunded. Read the charge; wait for its outcome or resolve the review.
             *
             *     `refund_excluded`: A charge is either cancelled or refunded, and the other has been requested already. Read the refunds of the charge.
             *
             *     `refund_too_late`: The charge is too old to be refunded through UnionPay. Refund the payer in another way.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `merchant_no_unknown`: This merchant number is not configured here. Send one of the numbers in ACP_MERCHANTS.
             *
             *     `idempotency_key_reused`: This Idempotency-Key was used with another body. Use a new key for another request.
             *
             *     `refund_exceeds_charge`: The refunds, pending ones included, would exceed the charge. Read the refunds of the charge.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancelCharge: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required; 1–255 visible ASCII characters. One key for each purchase; the same key and body again give the same order in its present state. Kept for 30 days and more.
                 * @example purchase-20261122-0001
                 */
                "idempotency-key": string;
            };
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description One line the payer reads on the bill.
                     * @example 乌龙茶 500 毫升
                     */
                    description: string;
                };
            };
        };
        responses: {
            /** @description What this Idempotency-Key made before, as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description Accepted. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /**
             * @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema.
             *
             *     `idempotency_key_missing`: The Idempotency-Key header is missing or not 1–255 visible ASCII characters. Send one key for each purchase, and the same key when you repeat a request.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `idempotency_key_busy`: The first request with this Idempotency-Key is still being accepted. Repeat it in a second, with the same key.
             *
             *     `charge_not_refundable`: Only a succeeded charge that is not in review can be refunded. Read the charge; wait for its outcome or resolve the review.
             *
             *     `refund_excluded`: A charge is either cancelled or refunded, and the other has been requested already. Read the refunds of the charge.
             *
             *     `cancel_too_late`: A charge can be cancelled on its clearing day only. Refund it instead.
             *
             *     `cancel_not_allowed`: The charge profile does not allow cancelling. Refund it instead.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `merchant_no_unknown`: This merchant number is not configured here. Send one of the numbers in ACP_MERCHANTS.
             *
             *     `idempotency_key_reused`: This Idempotency-Key was used with another body. Use a new key for another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resolveRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What the operator found out.
                     * @example paid
                     * @enum {string}
                     */
                    decision: "paid" | "not_paid";
                    /**
                     * @description Who says so. The history names the API key behind it.
                     * @example 王五
                     */
                    author: string;
                };
            };
        };
        responses: {
            /** @description Resolved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `nothing_to_resolve`: This needs no manual review. Read it; only what needs manual review can be resolved. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /**
                 * @description Only those in this state.
                 * @example pending
                 */
                state?: "pending" | "succeeded" | "failed";
                /**
                 * @description Only those that need manual review, or only the others.
                 * @example true
                 */
                needs_review?: "true" | "false";
                /**
                 * @description 商户号, one of ACP_MERCHANTS.
                 * @example 898310148160568
                 */
                merchant_no?: string;
                /**
                 * @description ISO 8601 with offset; in an address write + as %2B.
                 * @example 2026-11-22T00:00:00+08:00
                 */
                from?: string;
                /**
                 * @description ISO 8601 with offset; in an address write + as %2B.
                 * @example 2026-11-22T00:00:00+08:00
                 */
                to?: string;
                /**
                 * @description `next_cursor` of the page before.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                cursor?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                charge?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of refunds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundPage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refund. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    announceDebit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description A day in Beijing, YYYY-MM-DD.
                     * @example 2026-11-22
                     */
                    debit_on: string;
                    /**
                     * @description Fen (1/100 yuan): 350 is ¥3.50.
                     * @example 350
                     */
                    amount_fen: number;
                    /**
                     * @description One line the payer reads on the bill.
                     * @example 乌龙茶 500 毫升
                     */
                    description: string;
                    /**
                     * @description How the payer can prevent it, in the words that the payer is shown.
                     * @example 云闪付 → 我的 → 设置 → 支付设置 → 无感支付
                     */
                    way_to_cancel: string;
                };
            };
        };
        responses: {
            /** @description It was announced before, in the same words. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitNotice"];
                };
            };
            /** @description Announced. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitNotice"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `contract_unknown`: There is no such contract for this key. Send UnionPay's contract_id, our id as `contract`, or user_id with plan_id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `contract_not_active`: The contract is not active. Read the contract; it may have ended elsewhere.
             *
             *     `contract_in_review`: UnionPay names another number for this contract. Wait: an operator of the merchant compares the two in the console.
             *
             *     `debit_notice_exists`: There is another notice for this contract and day. Withdraw it first: POST /v1/debit-notices/:id/withdrawal.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `debit_notice_too_late`: The debit is too soon to be announced. Choose a later day; the plan says how many days before the debit the payer is notified.
             *
             *     `over_single_limit`: The amount is above the plan's limit for one charge. Charge less; the limit is part of the contract.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reportDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How the payer was notified.
                     * @example sms
                     * @enum {unknown}
                     */
                    channel: "sms" | "push" | "mail" | "letter" | "other";
                    /**
                     * @description Your own number of the message.
                     * @example SMS-881
                     */
                    proof?: string;
                };
            };
        };
        responses: {
            /** @description The notice. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitNotice"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    withdrawDebitNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Withdrawn. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitNotice"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listDebitNotices: {
        parameters: {
            query?: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                contract?: string;
                /**
                 * @description A day in Beijing, YYYY-MM-DD.
                 * @example 2026-11-22
                 */
                from?: string;
                /**
                 * @description A day in Beijing, YYYY-MM-DD.
                 * @example 2026-11-22
                 */
                to?: string;
                /**
                 * @description `next_cursor` of the page before.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                cursor?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notices. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitNoticePage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportDebitNoticeProof: {
        parameters: {
            query: {
                /**
                 * @description A day in Beijing, YYYY-MM-DD.
                 * @example 2026-11-22
                 */
                from: string;
                /**
                 * @description A day in Beijing, YYYY-MM-DD.
                 * @example 2026-11-22
                 */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV in UTF-8, with a line of names. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readDebitNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notice. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitNotice"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listStatements: {
        parameters: {
            query?: {
                /**
                 * @description 商户号, one of ACP_MERCHANTS.
                 * @example 898310148160568
                 */
                merchant_no?: string;
                /**
                 * @description Only those in this state.
                 * @example awaited
                 */
                state?: "awaited" | "reconciled" | "malformed" | "missing";
                /**
                 * @description A day in Beijing, YYYY-MM-DD.
                 * @example 2026-11-22
                 */
                from?: string;
                /**
                 * @description A day in Beijing, YYYY-MM-DD.
                 * @example 2026-11-22
                 */
                to?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
                /**
                 * @description `next_cursor` of the page before.
                 * @example 2026-11-21.898310148160568
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of statements. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementPage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listBreaks: {
        parameters: {
            query?: {
                /**
                 * @description Only those of this kind.
                 * @example ours_only
                 */
                kind?: "ours_only" | "theirs_only" | "amount" | "state" | "duplicate" | "fee" | "adjustment" | "not_compared";
                /**
                 * @description Only those in this state.
                 * @example open
                 */
                state?: "open" | "resolved" | "gone";
                /**
                 * @description Only those about this order.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                order_id?: string;
                /**
                 * @description `next_cursor` of the page before.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                cursor?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of breaks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakPage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readBreak: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The break. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Break"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resolveBreak: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description One of the break’s `actions`.
                     * @example mark_paid
                     * @enum {string}
                     */
                    action: "mark_paid" | "mark_not_paid" | "acknowledge";
                    /**
                     * @description Who says so. The break names the API key behind it.
                     * @example 王五
                     */
                    author: string;
                    /**
                     * @description Why.
                     * @example 银行已确认
                     */
                    note: string;
                    /**
                     * @description Only tell what would happen.
                     * @example true
                     */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description Done, or what would be done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakResolution"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `break_not_open`: This break was resolved, or a later statement no longer shows it. Read it again. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `break_action_refused`: This action is not possible in the present state of the order. Read `actions` of the break; docs/reconciliation.md has a runbook for each kind. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /**
                 * @description `next_cursor` of the page before.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                cursor?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of endpoints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointPage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Where webhooks go: https, and a public address unless WEBHOOK_PRIVATE_ADDRESSES is on.
                     * @example https://shop.example/webhooks
                     */
                    url: string;
                    /**
                     * @description Which to send; empty or absent: every type.
                     * @example [
                     *       "charge.succeeded",
                     *       "charge.failed"
                     *     ]
                     */
                    types?: ("contract.activated" | "contract.terminated" | "user.bound" | "charge.succeeded" | "charge.failed" | "charge.needs_review" | "charge.paid_twice" | "refund.succeeded" | "refund.failed" | "refund.needs_review" | "reconciliation.break" | "webhook.test")[];
                };
            };
        };
        responses: {
            /** @description Added. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointSecret"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `webhook_url_refused`: Webhooks may not be sent to this address. `fields` says why; it must be https and public. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disableWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enableWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint with its new secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointSecret"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description How it went. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    replayWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description ISO 8601 with offset; in an address write + as %2B.
                     * @example 2026-11-22T00:00:00+08:00
                     */
                    from: string;
                    /**
                     * @description ISO 8601 with offset; in an address write + as %2B.
                     * @example 2026-11-22T00:00:00+08:00
                     */
                    to?: string;
                };
            };
        };
        responses: {
            /** @description On their way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                endpoint?: string;
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                event?: string;
                /**
                 * @description Only those in this state.
                 * @example pending
                 */
                state?: "pending" | "delivered" | "given_up";
                /**
                 * @description Only those of this type.
                 * @example contract.activated
                 */
                type?: "contract.activated" | "contract.terminated" | "user.bound" | "charge.succeeded" | "charge.failed" | "charge.needs_review" | "charge.paid_twice" | "refund.succeeded" | "refund.failed" | "refund.needs_review" | "reconciliation.break" | "webhook.test";
                /**
                 * @description `next_cursor` of the page before.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                cursor?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.
                 * @example 01KBN2V7Q4TZ8M3RXJ5W9GYHC6
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description On its way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `not_found`: This caller has nothing with this identifier. Check the identifier and the account that asks. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `body_too_large`: The request body is too large. Send less. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readEvents: {
        parameters: {
            query?: {
                /**
                 * @description The `next_after` of the answer before. Absent: from the oldest event that is kept. `latest`: no events, only the `next_after` to begin with now.
                 * @example 1204
                 */
                after?: string;
                /**
                 * @description Page size, 1 to 100; 50 by default.
                 * @example 50
                 */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is after the position. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedPage"];
                };
            };
            /** @description `bad_request`: The request does not match the schema. Correct what `fields` names; the API page has the schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `api_key_invalid`: The API key is missing or unknown. Send `Authorization: Bearer <key>`; make one with `npx wugan key create`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `verb_not_allowed`: This API key does not allow this. Use a key with this verb and this plan. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `feed_position_unknown`: This position was never issued: it belongs to another installation, or to what a restored database lost. GET /v1/events?after=latest and keep its next_after, then read the lists again, then continue after the stored position. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `feed_expired`: Events after this position were deleted: the feed no longer has everything since. GET /v1/events?after=latest and keep its next_after, then read the lists again, then continue after the stored position. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `rate_limited`: Too many requests. Wait for the time in the retry-after header. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `internal`: Something went wrong on our side. Give the request id to the operator. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `overloaded`: The server is too busy. Try again in a few seconds.
             *
             *     `database_lost`: The database could not be reached. Repeat the request in a few seconds with the same Idempotency-Key: it is done once.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "contract.activated": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "contract.terminated": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "user.bound": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "charge.succeeded": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "charge.failed": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "charge.needs_review": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "charge.paid_twice": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "refund.succeeded": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "refund.failed": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "refund.needs_review": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "reconciliation.break": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken. Anything else, and no answer within 10 seconds, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
