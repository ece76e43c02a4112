// What makes a form sent twice one intent, and the same form filled in differently another.
// A browser's "back" gives a page again with the key it had: what was typed since must not be refused as a repeat of something else.
import { createHash } from 'node:crypto';
import { canonical } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { textOf } from './page-route.ts';
import type { PageRequest } from './page-route.ts';

/** The idempotency key of what a person asks: the form's own key and all that was sent with it. A form without a key is asked anew each time. */
export function intentOf(page: PageRequest, body: PageRequest['body'], ...more: readonly Json[]): string {
  const key = textOf(body, 'key') === '' ? page.request.id : '';
  return createHash('sha256')
    .update(canonical([key, { ...body } as JsonObject, ...more]))
    .digest('base64url');
}
