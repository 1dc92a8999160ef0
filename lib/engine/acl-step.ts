import { TransportSet } from '#netset';
import type { Subnet } from '#model';
import { POSSIBLE, SURE } from './band.ts';
import type { Mark, Step } from './explanation.ts';
import { matchesOf } from './match.ts';
import { doubtRules, type WalkedFlow } from './walked-flow.ts';

export type AclQuestion = {
  readonly subnet: Subnet;
  readonly direction: 'ingress' | 'egress';
  /** Whose address it looks at. */
  readonly far: number;
  readonly isReply: boolean;
  /** Of a transit gateway's subnet, whose list looks at what comes from that subnet too. */
  readonly isGateway?: boolean;
};

/** What the list of a subnet says to a flow, or to its replies. */
export function aclStep(walked: WalkedFlow, question: AclQuestion): Step {
  if (question.isReply) return replyStep(walked, question);
  const { subnet, direction, far } = question;
  const rules = matchesOf(walked.plane, subnet.policy, direction, far, walked.flow.point, subnet.network);
  const first = rules[0];
  const decided = rules.findIndex(({ isSure }) => isSure);
  const reachable = decided < 0 ? rules : rules.slice(0, decided + 1);
  const actions = new Set(reachable.map(({ rule }) => rule.action));
  if (decided < 0) actions.add('deny');
  const mark: Mark =
    first === undefined
      ? 'blocks'
      : actions.size > 1
        ? 'unknown'
        : actions.has('allow')
          ? 'passes'
          : 'blocks';
  if (mark === 'unknown')
    doubtRules(
      walked,
      reachable.map(({ rule }) => rule),
    );
  return { kind: 'acl', mark, subnet, direction, isReply: false, rules: reachable };
}

/** Replies go to a port that the client picks: passes if any of them gets through. */
function replyStep(walked: WalkedFlow, { subnet, direction, far, isGateway }: AclQuestion): Step {
  const { plane, flow } = walked;
  const { rows, replyable } = plane;
  const band =
    isGateway === true
      ? plane.policies.firstMatch(subnet.policy, direction)
      : plane.border(subnet.id, direction);
  const point = rows.sets.intern(TransportSet.point(flow.point));
  const gets = (bound: 0 | 1) => rows.sets.overlaps(replyable(rows.at(band[bound], far)), point);
  const mark: Mark = gets(SURE) ? 'passes' : gets(POSSIBLE) ? 'unknown' : 'blocks';
  const policy = plane.network.policies.get(subnet.policy)!;
  if (mark === 'unknown')
    doubtRules(
      walked,
      policy.rules.filter((rule) => rule.direction === direction),
    );
  return { kind: 'acl', mark, subnet, direction, isReply: true, rules: [] };
}
