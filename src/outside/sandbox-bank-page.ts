// The sandbox bank's page: what is to be paid, and three buttons for what may happen.

export type BankPageOrder = {
  readonly attempt: string;
  readonly amount: string;
  readonly purposeFa: string;
  readonly purposeEn: string;
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const amounts = new Intl.NumberFormat('fa-IR');

export function bankPage(order: BankPageOrder): string {
  return `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>بانک آزمایشی</title>
<link rel="stylesheet" href="/assets/sandbox.css"></head>
<body><main>
<h1>بانک آزمایشی <span lang="en" dir="ltr">Sandbox bank</span></h1>
<p>اینجا پولی جابه‌جا نمی‌شود. بگویید پرداخت چگونه پایان یابد. <span lang="en" dir="ltr">No money moves here. Say how the payment ends.</span></p>
<dl><dt>بابت</dt><dd>${escape(order.purposeFa)} <span lang="en" dir="ltr">${escape(order.purposeEn)}</span></dd>
<dt>مبلغ</dt><dd><bdi>${amounts.format(BigInt(order.amount))}</bdi> ریال</dd></dl>
<form method="post" action="/sandbox-bank/${escape(order.attempt)}">
<button name="outcome" value="paid">پرداخت موفق <span lang="en" dir="ltr">Pay</span></button>
<button class="quiet" name="outcome" value="failed">پرداخت ناموفق <span lang="en" dir="ltr">Fail</span></button>
<button class="quiet" name="outcome" value="abandoned">انصراف <span lang="en" dir="ltr">Abandon</span></button>
</form></main></body></html>`;
}
