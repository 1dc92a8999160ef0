import { ACLS } from './acls.ts';
import type { Case } from './case.ts';
import { FRONTS } from './fronts.ts';
import { GROUP_REFERENCES } from './group-references.ts';
import { GROUPS } from './groups.ts';
import { INTERFACES } from './interfaces.ts';
import { ROUTING } from './routing.ts';
import { RULE_TEXT } from './rule-text.ts';
import { TRANSIT } from './transit.ts';
import { WATCHING } from './watching.ts';

/** All cases, by the file that they are in. */
export const CASES: Readonly<Record<string, readonly Case[]>> = {
  'test/peers/groups.ts': GROUPS,
  'test/peers/group-references.ts': GROUP_REFERENCES,
  'test/peers/acls.ts': ACLS,
  'test/peers/interfaces.ts': INTERFACES,
  'test/peers/routing.ts': ROUTING,
  'test/peers/transit.ts': TRANSIT,
  'test/peers/fronts.ts': FRONTS,
  'test/peers/rule-text.ts': RULE_TEXT,
  'test/peers/watching.ts': WATCHING,
};
