import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type AdvancedFieldSelector,
  type GetEventSelectorsCommandOutput,
  type Trail as AwsTrail,
} from '@aws-sdk/client-cloudtrail';
import type { CredentialsProvider } from '#sources/aws';
import type { Trail } from '../facts.ts';
import type { SelectorField, Selectors } from '../logged-writes.ts';
import { told, type Told } from '../told.ts';
import { ask } from './ask.ts';
import { clientConfig } from './client-config.ts';

type Details = Pick<Trail, 'isLogging' | 'selectors'>;

/**
 * Reads the trails of one account, Region by Region. A trail of all Regions is named in each of them, and its details are asked for once: at
 * home and by its ARN, as AWS wants it for a copy.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export class TrailReader {
  readonly #credentials: CredentialsProvider;
  readonly #details = new Map<string, Promise<Details>>();

  constructor(credentials: CredentialsProvider) {
    this.#credentials = credentials;
  }

  async in(region: string): Promise<Told<readonly Trail[]>> {
    const client = new CloudTrailClient(clientConfig(region, this.#credentials));
    const listed = await ask('cloudtrail:DescribeTrails', () =>
      client.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
    );
    if (!listed.told) return listed;
    const { trailList = [] } = listed.value;
    return told(await Promise.all(trailList.map((trail) => this.#whole(trail, region))));
  }

  async #whole(trail: AwsTrail, region: string): Promise<Trail> {
    const { TrailARN: arn = trail.Name ?? '', HomeRegion: homeRegion = region } = trail;
    const details = this.#details.get(arn) ?? this.#read(arn, homeRegion);
    this.#details.set(arn, details);
    return {
      arn,
      homeRegion,
      isMultiRegion: trail.IsMultiRegionTrail === true,
      isOrganization: trail.IsOrganizationTrail === true,
      ...(await details),
    };
  }

  async #read(arn: string, homeRegion: string): Promise<Details> {
    const client = new CloudTrailClient(clientConfig(homeRegion, this.#credentials));
    const isLogging = await ask(
      'cloudtrail:GetTrailStatus',
      async () => (await client.send(new GetTrailStatusCommand({ Name: arn }))).IsLogging === true,
    );
    const selectors = await ask('cloudtrail:GetEventSelectors', async () =>
      selectorsOf(await client.send(new GetEventSelectorsCommand({ TrailName: arn }))),
    );
    return { isLogging, selectors };
  }
}

function selectorsOf({
  EventSelectors: basic = [],
  AdvancedEventSelectors: advanced = [],
}: Pick<GetEventSelectorsCommandOutput, 'EventSelectors' | 'AdvancedEventSelectors'>): Selectors {
  return {
    // both have these defaults: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
    basic: basic.map(({ IncludeManagementEvents: management = true, ReadWriteType: readWrite = 'All' }) => ({
      management,
      readWrite,
    })),
    advanced: advanced.map(({ FieldSelectors: fields = [] }) => fields.map(fieldOf)),
  };
}

function fieldOf(selector: AdvancedFieldSelector): SelectorField {
  const { Field: field = '', Equals: equals, NotEquals: notEquals } = selector;
  const others = [selector.StartsWith, selector.EndsWith, selector.NotStartsWith, selector.NotEndsWith];
  return {
    field,
    ...(equals !== undefined && { equals }),
    ...(notEquals !== undefined && { notEquals }),
    hasMore: others.some((values) => values !== undefined && values.length > 0),
  };
}
