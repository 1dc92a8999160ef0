import { named, ofType, type Part, type PartMap, type Template } from './intrinsics.ts';

/** One action that a role may take on one resource, the latter as `named` writes it. */
export type Grant = { readonly action: string; readonly resource: string; readonly condition?: Part };

/** What each role of a decided template may do, statement by statement and pair by pair. */
export function grantsByRole(template: Template): ReadonlyMap<string, readonly Grant[]> {
  const roles = [...ofType(template, 'AWS::IAM::Role')];
  return new Map(roles.map(([id, properties]) => [id, grantsOf(id, properties)]));
}

function grantsOf(role: string, properties: PartMap): readonly Grant[] {
  if (properties['ManagedPolicyArns'] !== undefined)
    throw new Error(`${role} has policies that are not written here`);
  const policies = (properties['Policies'] ?? []) as readonly PartMap[];
  return policies.flatMap(({ PolicyDocument }) => {
    const { Statement } = PolicyDocument as { Statement: readonly PartMap[] };
    return Statement.flatMap((statement) => pairs(role, statement));
  });
}

function pairs(role: string, statement: PartMap): readonly Grant[] {
  const { Effect, Action, Resource, Condition, ...rest } = statement;
  const strange = Object.keys(rest).filter((key) => key !== 'Sid');
  // NotAction, NotResource: they grant whatever they do not name.
  if (Effect !== 'Allow' || strange.length > 0)
    throw new Error(`${role} has a statement of another kind: ${JSON.stringify(statement)}`);
  return list(Action).flatMap((action) =>
    list(Resource).map((resource) => ({
      action: action as string,
      resource: named(resource),
      ...(Condition === undefined ? {} : { condition: Condition }),
    })),
  );
}

function list(part: Part | undefined): readonly Part[] {
  return Array.isArray(part) ? (part as readonly Part[]) : part === undefined ? [] : [part];
}
