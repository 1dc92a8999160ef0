/** What AWS says of load balancers; the calls about one target group are kept by its ARN. */
export type RelayResponses = {
  readonly DescribeLoadBalancers?: { readonly LoadBalancers: readonly LoadBalancer[] };
  readonly DescribeListeners?: { readonly Listeners: readonly Listener[] };
  readonly DescribeRules?: Readonly<Record<string, { readonly Rules: readonly ListenerRule[] }>>;
  readonly DescribeTargetGroups?: { readonly TargetGroups: readonly TargetGroup[] };
  readonly DescribeTargetHealth?: Readonly<
    Record<string, { readonly TargetHealthDescriptions: readonly TargetHealth[] }>
  >;
  readonly DescribeTargetGroupAttributes?: Readonly<
    Record<string, { readonly Attributes: readonly { readonly Key: string; readonly Value: string }[] }>
  >;
};

export type LoadBalancer = {
  readonly LoadBalancerArn: string;
  readonly LoadBalancerName: string;
  readonly Type: string;
  readonly Scheme: string;
  readonly VpcId: string;
  readonly State: { readonly Code: string };
  readonly SecurityGroups?: readonly string[];
  readonly AvailabilityZones: readonly { readonly ZoneName: string; readonly SubnetId: string }[];
};

type Action = {
  readonly Type: string;
  readonly TargetGroupArn?: string;
  readonly ForwardConfig?: {
    readonly TargetGroups: readonly { readonly TargetGroupArn: string; readonly Weight?: number }[];
  };
};

export type Listener = {
  readonly ListenerArn: string;
  readonly LoadBalancerArn: string;
  readonly Port: number;
  readonly Protocol: string;
  readonly DefaultActions: readonly Action[];
};

/** Kept by listener; the default action is among them, as AWS lists it. */
export type ListenerRule = {
  readonly RuleArn: string;
  readonly Priority: string;
  readonly IsDefault: boolean;
  readonly Actions: readonly Action[];
};

export type TargetGroup = {
  readonly TargetGroupArn: string;
  readonly TargetGroupName: string;
  readonly Protocol: string;
  readonly Port: number;
  readonly VpcId: string;
  readonly TargetType: string;
  readonly LoadBalancerArns: readonly string[];
};

export type TargetHealth = {
  readonly Target: { readonly Id: string; readonly Port: number };
  readonly TargetHealth: { readonly State: string };
};
