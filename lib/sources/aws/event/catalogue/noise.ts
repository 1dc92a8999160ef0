/** Calls of a service that move nothing between hosts, by how their names begin. */
type NoiseGroup = {
  readonly source: string;
  /** Why none of them can change what is reachable. */
  readonly why: string;
  /** Beginnings, because a list of them is the one form of `anything-but` that also holds whole names. */
  readonly prefixes: readonly string[];
};

const EC2 = 'ec2.amazonaws.com';
const ELB = 'elasticloadbalancing.amazonaws.com';
const RDS = 'rds.amazonaws.com';

/**
 * What the event rules leave out. All else of these services is let through, so that a call which AWS adds tomorrow is read anew
 * instead of missed; what is rare may be missing here, for a pass too many costs little.
 */
const NOISE: readonly NoiseGroup[] = [
  {
    source: EC2,
    why: 'they read or write out what is there',
    prefixes: ['Describe', 'Get', 'List', 'Search', 'Export'],
  },
  { source: EC2, why: 'tags are labels', prefixes: ['CreateTags', 'DeleteTags'] },
  { source: EC2, why: 'only the text of a rule changes', prefixes: ['UpdateSecurityGroupRuleDescriptions'] },
  {
    source: EC2,
    why: 'images run nowhere until a launch, which is a call of its own',
    prefixes: [
      'CreateImage',
      'CopyImage',
      'RegisterImage',
      'DeregisterImage',
      'ModifyImageAttribute',
      'ResetImageAttribute',
      'EnableImage',
      'DisableImage',
      'ImportImage',
      'RestoreImage',
      'CreateRestoreImageTask',
      'CreateStoreImageTask',
    ],
  },
  {
    source: EC2,
    why: 'snapshots are storage',
    prefixes: [
      'CreateSnapshot',
      'CopySnapshot',
      'DeleteSnapshot',
      'ModifySnapshot',
      'ResetSnapshotAttribute',
      'ImportSnapshot',
      'RestoreSnapshot',
      'LockSnapshot',
      'UnlockSnapshot',
      'EnableFastSnapshotRestores',
      'DisableFastSnapshotRestores',
    ],
  },
  {
    source: EC2,
    why: 'volumes are storage',
    prefixes: [
      'CreateVolume',
      'CopyVolumes',
      'DeleteVolume',
      'AttachVolume',
      'DetachVolume',
      'ModifyVolume',
      'RestoreVolume',
      'ImportVolume',
      'EnableVolumeIO',
      'CreateReplaceRootVolumeTask',
    ],
  },
  {
    source: EC2,
    why: 'a key pair opens no way to the host that it is for',
    prefixes: ['CreateKeyPair', 'ImportKeyPair', 'DeleteKeyPair'],
  },
  {
    source: EC2,
    why: 'a template has no effect until a launch, which is a call of its own',
    prefixes: ['CreateLaunchTemplate', 'ModifyLaunchTemplate', 'DeleteLaunchTemplate'],
  },
  { source: EC2, why: 'an address that nothing has leads nowhere', prefixes: ['AllocateAddress'] },
  {
    source: EC2,
    why: 'the instance keeps its addresses and groups',
    prefixes: [
      'MonitorInstances',
      'UnmonitorInstances',
      'RebootInstances',
      'ReportInstanceStatus',
      'SendDiagnosticInterrupt',
      'ModifyInstanceCreditSpecification',
      'CreateSpotDatafeedSubscription',
      'DeleteSpotDatafeedSubscription',
    ],
  },
  {
    source: EC2,
    why: 'capacity and prices are no traffic',
    prefixes: [
      'AllocateHosts',
      'ModifyHosts',
      'ReleaseHosts',
      'CreateCapacityReservation',
      'ModifyCapacityReservation',
      'CancelCapacityReservation',
      'PurchaseReservedInstancesOffering',
      'PurchaseHostReservation',
      'ModifyReservedInstances',
      'CreatePlacementGroup',
      'DeletePlacementGroup',
    ],
  },
  {
    source: EC2,
    why: 'they watch traffic and let none through',
    prefixes: [
      'CreateFlowLogs',
      'DeleteFlowLogs',
      'CreateNetworkInsights',
      'StartNetworkInsights',
      'DeleteNetworkInsights',
    ],
  },
  { source: ELB, why: 'they read what is there', prefixes: ['Describe', 'Get'] },
  { source: ELB, why: 'tags are labels', prefixes: ['AddTags', 'RemoveTags'] },
  {
    source: RDS,
    why: 'they read or write out what is there',
    prefixes: ['Describe', 'List', 'Download', 'StartExportTask', 'CancelExportTask'],
  },
  { source: RDS, why: 'tags are labels', prefixes: ['AddTags', 'RemoveTags'] },
  {
    source: RDS,
    why: 'snapshots are storage; a restore is a call of its own',
    prefixes: [
      'CreateDBSnapshot',
      'ModifyDBSnapshot',
      'DeleteDBSnapshot',
      'CreateDBClusterSnapshot',
      'ModifyDBClusterSnapshot',
      'DeleteDBClusterSnapshot',
      'DeleteDBInstanceAutomatedBackup',
      'DeleteDBClusterAutomatedBackup',
      'CopyDB',
    ],
  },
  {
    source: RDS,
    why: 'parameters and options are about the engine inside',
    prefixes: ['Create', 'Modify', 'Reset', 'Delete']
      .flatMap((verb) => [`${verb}DBParameterGroup`, `${verb}DBClusterParameterGroup`])
      .concat(['CreateOptionGroup', 'ModifyOptionGroup', 'DeleteOptionGroup', 'CopyOptionGroup']),
  },
  {
    source: RDS,
    why: 'notices go to people',
    prefixes: [
      'CreateEventSubscription',
      'ModifyEventSubscription',
      'DeleteEventSubscription',
      'AddSourceIdentifier',
      'RemoveSourceIdentifier',
    ],
  },
];

/** How the names of a service's noise begin; none for a service of which only listed calls are taken. */
export function noisePrefixesOf(source: string): readonly string[] {
  return NOISE.filter((group) => group.source === source).flatMap(({ prefixes }) => prefixes);
}

export function isNoiseCall(source: string, name: string): boolean {
  return noisePrefixesOf(source).some((prefix) => name.startsWith(prefix));
}
