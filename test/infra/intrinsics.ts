/** A template, or a part of one, as JSON. */
export type Part =
  string | number | boolean | null | readonly Part[] | { readonly [key: string]: Part | undefined };
export type PartMap = Readonly<Record<string, Part | undefined>>;
export type Resource = {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly Properties?: PartMap;
};
export type Template = {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: Part }>>;
  readonly Conditions?: Readonly<Record<string, Part>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, PartMap>>;
};

const GONE = Symbol('AWS::NoValue');

/**
 * The template as CloudFormation takes it with these parameters: resources whose condition does not hold are gone, every If is
 * decided. Other references are left as they are.
 *
 * @throws if a condition uses what is not known here: a test must not go on with a guess
 */
export function decided(template: Template, parameters: Readonly<Record<string, string>> = {}): Template {
  const holds = (name: string): boolean => truth(template.Conditions?.[name]);

  function truth(condition: Part | undefined): boolean {
    const [kind, argument] = only(condition);
    if (kind === 'Condition') return holds(argument as string);
    const parts = argument as readonly Part[];
    if (kind === 'Fn::Not') return !truth(parts[0]);
    if (kind === 'Fn::And') return parts.every(truth);
    if (kind === 'Fn::Or') return parts.some(truth);
    if (kind === 'Fn::Equals') return text(parts[0]) === text(parts[1]);
    throw new Error(`Not a condition that is known here: ${JSON.stringify(condition)}`);
  }

  function text(part: Part | undefined): string {
    if (typeof part === 'string') return part;
    const [kind, name] = only(part);
    if (kind !== 'Ref') throw new Error(`Not comparable here: ${JSON.stringify(part)}`);
    const value = parameters[name as string] ?? template.Parameters?.[name as string]?.Default;
    if (value === undefined) throw new Error(`The parameter ${name as string} has no value`);
    return `${value as string | number}`;
  }

  function resolve(part: Part | undefined): Part | undefined | typeof GONE {
    if (Array.isArray(part))
      return part.map(resolve).filter((item): item is Part => item !== GONE && item !== undefined);
    if (part === null || part === undefined || typeof part !== 'object') return part;
    const map = part as PartMap;
    if (map['Ref'] === 'AWS::NoValue') return GONE;
    const choice = map['Fn::If'] as readonly Part[] | undefined;
    if (choice !== undefined) return resolve(holds(choice[0] as string) ? choice[1] : choice[2]);
    const entries = Object.entries(map).map(([key, value]) => [key, resolve(value)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== GONE)) as PartMap;
  }

  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
    .map(([id, resource]) => [id, resolve(resource as unknown as Part)]);
  return { ...template, Resources: Object.fromEntries(resources) as Template['Resources'] };
}

function only(part: Part | undefined): readonly [string, Part | undefined] {
  const entries = Object.entries((part ?? {}) as PartMap);
  if (entries.length !== 1) throw new Error(`Not one function: ${JSON.stringify(part)}`);
  return entries[0] as [string, Part | undefined];
}

/** The resources of one type, by logical id. */
export function ofType(template: Template, type: string): ReadonlyMap<string, PartMap> {
  return new Map(
    Object.entries(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, { Properties }]) => [id, Properties ?? {}]),
  );
}

/** What a part refers to, for reading: the logical id of a Ref or of an Arn, the text of a Sub, a plain text as it is. */
export function named(part: Part | undefined): string {
  if (typeof part === 'string') return part;
  const [kind, argument] = only(part);
  if (kind === 'Fn::Sub' && Array.isArray(argument)) return argument[0] as string;
  if (kind === 'Ref' || kind === 'Fn::Sub') return argument as string;
  if (kind === 'Fn::GetAtt') {
    const [id, attribute] = argument as readonly string[];
    return attribute === 'Arn' ? String(id) : `${String(id)}.${String(attribute)}`;
  }
  throw new Error(`Not a plain reference: ${JSON.stringify(part)}`);
}
