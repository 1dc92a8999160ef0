import type { AwsSnapshot } from '#sources/aws';
import type { TransitRoutes } from './neighbourhood.ts';

/**
 * The snapshot with what the API server (moto 5.2.5) leaves out of two answers.
 *
 * An interface that AWS makes for a load balancer is attached, and by whom it says; the server lets nobody else than itself attach one.
 * The attachments of a transit gateway's route are a list, which the server writes in another form, so that the SDK reads none.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRoute.html
 */
export function asAwsAnswers(snapshot: AwsSnapshot, transit: TransitRoutes): AwsSnapshot {
  const cards = snapshot.DescribeNetworkInterfaces?.NetworkInterfaces ?? [];
  return {
    ...snapshot,
    DescribeNetworkInterfaces: {
      NetworkInterfaces: cards.map((card) =>
        card.Description?.startsWith('ELB ') === true
          ? {
              ...card,
              Status: 'in-use',
              RequesterId: 'amazon-elb',
              RequesterManaged: true,
              Attachment: { InstanceOwnerId: 'amazon-elb', Status: 'attached', DeviceIndex: 1 },
            }
          : card,
      ),
    },
    SearchTransitGatewayRoutes: Object.fromEntries(
      Object.entries(snapshot.SearchTransitGatewayRoutes ?? {}).map(([table, answer]) => [
        table,
        { ...answer, Routes: (answer.Routes ?? []).map((route) => withAttachment(route, transit)) },
      ]),
    ),
  };
}

function withAttachment<Route extends { readonly DestinationCidrBlock?: string }>(
  route: Route,
  transit: TransitRoutes,
): Route & object {
  const to = transit[route.DestinationCidrBlock ?? ''];
  if (to === undefined) return route;
  const attachment = {
    TransitGatewayAttachmentId: to.attachment,
    ResourceId: to.vpc,
    ResourceType: 'vpc' as const,
  };
  return { ...route, TransitGatewayAttachments: [attachment] };
}
