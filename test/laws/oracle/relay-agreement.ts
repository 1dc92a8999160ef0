import { interpret } from './index.ts';
import type { Account, Maybe, RelayQuestion } from './index.ts';
import { pairsOf } from './questions.ts';
import { Dice } from './world/dice.ts';

/** What is to be compared with the oracle: the same question put to another reader of the same answers. */
export type RelayedAnswer = (targets: readonly Account[], question: RelayQuestion) => Maybe;

export type RelayAgreement = {
  readonly checks: number;
  readonly positive: number;
  /** Questions of which the oracle was sure and the other was not, though it was not wrong. */
  readonly unsure: readonly RelayQuestion[];
  readonly wrong: readonly RelayQuestion[];
};

/** Never surely open what is surely closed, nor surely closed what is surely open. */
export function contradicts(oracle: Maybe, other: Maybe): boolean {
  return (
    (oracle.sure && !other.possible) || (!oracle.possible && other.sure) || (other.sure && !other.possible)
  );
}

export function compareRelays(
  targets: readonly Account[],
  seed: number,
  count: number,
  relayedAnswer: RelayedAnswer,
): RelayAgreement {
  const oracle = interpret(targets);
  const questions = [...relayQuestions(targets, count, seed)];
  const found = questions.map((question) => ({
    question,
    truth: oracle.relayed(question),
    other: relayedAnswer(targets, question),
  }));
  const isSame = (a: Maybe, b: Maybe) => a.sure === b.sure && a.possible === b.possible;
  return {
    checks: found.length,
    positive: found.filter(({ truth }) => truth.sure).length,
    wrong: found.filter(({ truth, other }) => contradicts(truth, other)).map(({ question }) => question),
    unsure: found
      .filter(
        ({ truth, other }) =>
          truth.sure === truth.possible && !isSame(truth, other) && !contradicts(truth, other),
      )
      .map(({ question }) => question),
  };
}

type Registered = { readonly balancers: readonly string[]; readonly card: string; readonly port: number };

/** The interfaces that stand behind registered targets, with the load balancers of their groups. */
function registeredOf(targets: readonly Account[]): Registered[] {
  const cards = targets.flatMap((target) => target.DescribeNetworkInterfaces?.NetworkInterfaces ?? []);
  const health = Object.assign({}, ...targets.map((target) => target.DescribeTargetHealth)) as NonNullable<
    Account['DescribeTargetHealth']
  >;
  return targets
    .flatMap((target) => target.DescribeTargetGroups?.TargetGroups ?? [])
    .flatMap((group) =>
      (health[group.TargetGroupArn]?.TargetHealthDescriptions ?? []).flatMap(({ Target: { Id, Port } }) =>
        cards
          .filter((card) => card.Attachment?.InstanceId === Id || card.PrivateIpAddress === Id)
          .map((card) => ({ balancers: group.LoadBalancerArns, card: card.NetworkInterfaceId, port: Port })),
      ),
    );
}

/** Every client there is, at every listener and beside it, to registered ports and their neighbours. */
export function* relayQuestions(
  targets: readonly Account[],
  count: number,
  seed: number,
): Generator<RelayQuestion> {
  const dice = new Dice(seed).fork('relays');
  const listeners = targets.flatMap((target) => target.DescribeListeners?.Listeners ?? []);
  const registered = registeredOf(targets);
  const ports = registered.map(({ port }) => port);
  const ways = pairsOf(targets).filter(([, to]) => 'interface' in to);
  for (let asked = 0; asked < count; asked += 1) {
    const target = dice.pickAny(registered);
    const isMeant = dice.chance(0.8);
    const listener = dice.pickAny(
      isMeant ? listeners.filter((each) => target?.balancers.includes(each.LoadBalancerArn)) : listeners,
    );
    const near = ways.filter(([, to]) => 'interface' in to && to.interface === target?.card);
    const pair = dice.pickAny(isMeant ? near : ways);
    const port = isMeant ? target?.port : dice.pickAny(ports);
    if (listener === undefined || pair === undefined || port === undefined) continue;
    yield {
      from: pair[0],
      to: pair[1],
      balancer: listener.LoadBalancerArn,
      protocol: dice.pick([6, 6, 6, 17]),
      port: listener.Port + (dice.chance(0.1) ? dice.pick([-1, 1]) : 0),
      targetPort: port + (dice.chance(0.1) ? dice.pick([-1, 1]) : 0),
    };
  }
}
