import { doubtsOfRoute, type BlindSpotId, type Network, type Rule, type Subnet } from '#model';

/** The blind spots that a rule carries: what it matches, or whom it names, is not known. */
export function doubtsOfRule({ doubt, selector }: Rule): readonly BlindSpotId[] {
  const ofSelector =
    selector.kind === 'unresolved'
      ? selector.because
      : selector.kind === 'group'
        ? selector.beyond
        : undefined;
  return [doubt, ofSelector].filter((id) => id !== undefined);
}

/** Whatever is in doubt at a subnet's border: its ACL's rules and its table's routes. */
export function doubtsAround({ policies, routeTables }: Network, subnet: Subnet): readonly BlindSpotId[] {
  const because = subnet.publicAccess?.because;
  return [
    ...(because === undefined ? [] : [because]),
    ...(policies.get(subnet.policy)?.rules ?? []).flatMap(doubtsOfRule),
    ...(routeTables.get(subnet.routeTable)?.routes ?? []).flatMap(doubtsOfRoute),
  ];
}
