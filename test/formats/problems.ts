import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { asffProblems, reportJsonSchema } from '#report';
import { ocsfProblems } from './ocsf-problems.ts';

/** What is wrong with a document by its format's rules; empty if nothing is. */
export type Check = (text: string) => readonly string[];

/** A compiled JSON Schema as a check. */
export function schemaCheck(schema: object): Check {
  const ajv = new Ajv2020({ allErrors: false, strict: false, validateFormats: true });
  formats(ajv);
  const validate: ValidateFunction = ajv.compile(schema);
  return (text) => {
    validate(JSON.parse(text));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  };
}

/** The official schema of SARIF 2.1.0 from a file, such as that of the npm package @microsoft/sarif-multitool-linux. */
export function sarifCheck(schemaFile: string): Check {
  return schemaCheck(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
}

export const checkReport: Check = schemaCheck(reportJsonSchema());

export const checkAsff: Check = (text) =>
  (JSON.parse(text) as { Findings: AwsSecurityFinding[] }).Findings.flatMap(asffProblems);

export const checkOcsf: Check = (text) => (JSON.parse(text) as unknown[]).flatMap(ocsfProblems);
