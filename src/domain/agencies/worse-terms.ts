// Which changes of a purpose are worse for a person who agreed to an earlier version, and so not covered by what they said (domain model 3.3).
// Other words for the purpose or for why a detail is needed count: they agreed to those. A shorter time of keeping, fewer recipients or details, another name
// or key of the service do not.

import { saysMore, toForm } from '../attributes/form.ts';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { addDuration } from '../kernel/clock.ts';
import type { PersonKind } from '../people/person.ts';
import { toBasis } from './agency.ts';
import type { AskedAttribute, Purpose } from './agency.ts';
import { detailFields } from './wider-details.ts';

/** Details apart: whether what was said about `before` does not cover `after` for this kind of person. */
export function areTermsWorse(after: Purpose, before: Purpose, kind: PersonKind): boolean {
  return (
    toCanonicalJson(after.text) !== toCanonicalJson(before.text) ||
    isGroundOther(after, before, kind) ||
    addDuration(0, after.retention) > addDuration(0, before.retention) ||
    detailFields.recipients(after, before) ||
    detailFields.storage(after, before) ||
    detailFields.terms(after, before) ||
    detailFields.resources(after, before) ||
    detailFields.verification(after, before)
  );
}

/** Where the person decides, the law that is named beside does not matter; where the law does, it is the ground itself. */
function isGroundOther(after: Purpose, before: Purpose, kind: PersonKind): boolean {
  const [now, then] = [toBasis(after, kind), toBasis(before, kind)];
  return now.type !== then.type || (now.type !== 'consent' && toCanonicalJson(now) !== toCanonicalJson(then));
}

/** Whether more of this detail leaves than before, or for another reason. */
export function isAttributeWorse(after: AskedAttribute, before: Purpose): boolean {
  const known = before.attributes.find(({ name }) => name === after.name);
  return known === undefined || toCanonicalJson(known.why) !== toCanonicalJson(after.why) || saysMore(toForm(after), toForm(known));
}
