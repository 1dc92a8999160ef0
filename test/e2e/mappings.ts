import { FUNCTIONS, logicalIdOf, type FunctionName, type Template } from './packaged.ts';

/** Which queue wakes which function, by the template. */
export type TemplateMapping = {
  readonly queue: string;
  readonly name: FunctionName;
  readonly batchSize: number;
};

type Attribute = { readonly 'Fn::GetAtt': readonly [string, 'Arn'] };
type Properties = {
  readonly EventSourceArn: Attribute;
  readonly FunctionName: Attribute;
  readonly BatchSize: number;
  readonly FunctionResponseTypes: readonly string[];
};

export function mappingsOf({ Resources }: Template): readonly TemplateMapping[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties: given }]) => {
    if (Type !== 'AWS::Lambda::EventSourceMapping') return [];
    const properties = given as Properties;
    const name = FUNCTIONS.find((each) => logicalIdOf(each) === properties.FunctionName['Fn::GetAtt'][0]);
    if (name === undefined) throw new Error(`${id} wakes no function of ours`);
    // without it, Lambda would take a list of failures for a success of the whole batch
    if (!properties.FunctionResponseTypes.includes('ReportBatchItemFailures'))
      throw new Error(`${id} does not ask for ReportBatchItemFailures`);
    return [{ queue: properties.EventSourceArn['Fn::GetAtt'][0], name, batchSize: properties.BatchSize }];
  });
}
