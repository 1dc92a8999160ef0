import { ALL_IPS, IpSet, parseTransport } from '#netset';
import { idOf, type BlindSpotId, type Rule, type Selector } from '#model';

type RuleText = Omit<Rule, 'id' | 'at'>;

/**
 * `in tcp/22 from 10.0.0.0/8`, `out all to any`, `in all from group web`, `in tcp/80 from label app=web`, `in all from unread`.
 * `beyond` after a group: members that were not read may exist. `?` at the end: the rule was only partly understood. Both, and
 * `unread`, may name their blind spot: `beyond=peer`, `?=text`, `unread=list`.
 */
export function parseGroupRule(text: string, doubt: BlindSpotId): RuleText {
  const [direction, ...rest] = text.split(' ');
  return parse(direction, 'allow', rest, doubt, text);
}

/** The same with an action: `in deny tcp/22 from any`. */
export function parseAclRule(text: string, doubt: BlindSpotId): RuleText {
  const [direction, action, ...rest] = text.split(' ');
  if (action !== 'allow' && action !== 'deny') throw new Error(`neither allow nor deny: ${text}`);
  return parse(direction, action, rest, doubt, text);
}

function parse(
  direction: string | undefined,
  action: Rule['action'],
  rest: string[],
  doubt: BlindSpotId,
  text: string,
): RuleText {
  const [mark, spot] = named(rest.at(-1), doubt);
  const isDoubtful = mark === '?';
  const [flows = '', , ...far] = isDoubtful ? rest.slice(0, -1) : rest;
  const transport = parseTransport(flows);
  if (transport === undefined || (direction !== 'in' && direction !== 'out'))
    throw new Error(`not a rule: ${text}`);
  return {
    direction: direction === 'in' ? 'ingress' : 'egress',
    action,
    selector: parseSelector(far, doubt),
    transport,
    description: '',
    ...(isDoubtful && { doubt: spot }),
  };
}

function parseSelector([head = '', second = '', third]: readonly string[], doubt: BlindSpotId): Selector {
  const [first, because] = named(head, doubt);
  const [beyond, hidden] = named(third, doubt);
  switch (first) {
    case 'any':
      return { kind: 'ips', ips: ALL_IPS };
    case 'group':
      return { kind: 'group', group: idOf(second), ...(beyond === 'beyond' && { beyond: hidden }) };
    case 'label':
      return {
        kind: 'labels',
        labels: new Map(second.split(',').map((label) => label.split('=') as [string, string])),
      };
    case 'unread':
      return { kind: 'unresolved', text: 'a list that was not read', because };
    default:
      return { kind: 'ips', ips: IpSet.parse(...first.split(',')) };
  }
}

/** A word and, behind an equals sign, the blind spot that it names; otherwise the usual one. */
function named(text = '', doubt: BlindSpotId): readonly [word: string, spot: BlindSpotId] {
  const [word = '', spot] = text.split('=');
  return [word, spot === undefined ? doubt : idOf(spot)];
}
