import type { ObjectShape } from './shape.ts';

/** One read of the AWS API, as facts: the collector, the file reader, the README's table and the remedies use the same row. */
export type Call = {
  /** Whose API. `none`: Postern never makes the call, but takes its response from a file. */
  readonly client: 'ec2' | 'elb' | 'elbv2' | 'rds' | 'none';
  /** The IAM action that permits it. */
  readonly action: string;
  /** The member of the response that holds what was asked for; by it a response without a name is recognised. */
  readonly member: string;
  /** The response, or the part of it that Postern reads. Members that are lists are joined over all pages. */
  readonly shape: ObjectShape;
  /** Asked for each page; absent where the API gives everything at once, or its default is its most. */
  readonly pageSize?: number;
  /** Set for a call that is made once for each item of another call. */
  readonly parent?: Parent;
  /** How to ask for certain items again, by a filter (a strange id is then no error, only not found). */
  readonly byId?: { readonly id: string; readonly filter: string };
  /** What nobody can see when this call fails, to be read after "hides ". */
  readonly hides: string;
  /** What it hides could only take ways away; or, false, it hides ways. */
  readonly narrows: boolean;
};

export type Parent = {
  readonly call: string;
  /** The list in the parent's response, the member of an item that names it, and the input that takes the name. */
  readonly member: string;
  readonly id: string;
  /**
   * `by-id`: the response does not name its parent, so a snapshot keeps one response for each id.
   * `joined`: every item does, so a snapshot keeps one list.
   */
  readonly kept: 'by-id' | 'joined';
};
