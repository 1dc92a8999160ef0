import { callOf, type CallKey } from '../resources/index.ts';
import { isObject, type Piece } from './piece.ts';

/**
 * Lists whose items each are a response with the id of its parent put in, because the response itself does not name it:
 * `TargetHealth: [{ TargetGroupArn, TargetHealthDescriptions }]`.
 */
const WRAPPERS: ReadonlyMap<string, CallKey> = new Map([
  ['TargetHealth', 'DescribeTargetHealth'],
  ['TargetGroupAttributes', 'DescribeTargetGroupAttributes'],
  ['LoadBalancerAttributes', 'DescribeLoadBalancerAttributes'],
  ['TransitGatewayRoutes', 'SearchTransitGatewayRoutes'],
  ['TransitGatewayRouteTablePropagations', 'GetTransitGatewayRouteTablePropagations'],
]);

/**
 * The responses in such a list; `undefined` if the key is no wrapper, or its items name no parent and so are the bare
 * response of one call (whose member may have the same name).
 */
export function wrappedPieces(key: string, value: unknown, file: string): readonly Piece[] | undefined {
  const call = WRAPPERS.get(key);
  const id = call === undefined ? undefined : callOf(call).parent?.id;
  if (call === undefined || id === undefined) return undefined;
  if (!Array.isArray(value)) return [{ call, body: value, file, of: 'by-id' }];
  const isBare =
    key === callOf(call).member && value.length > 0 && value.every((item) => isObject(item) && !(id in item));
  if (isBare) return undefined;
  const pieces = value.map((item: unknown): Piece => {
    const parent = isObject(item) ? item[id] : undefined;
    if (!isObject(item) || typeof parent !== 'string') return { call, body: item, file, of: 'not-said' };
    const body = Object.fromEntries(Object.entries(item).filter(([member]) => member !== id));
    return { call, body, file, of: { parent } };
  });
  return [{ call, body: {}, file, of: 'by-id' }, ...pieces];
}
