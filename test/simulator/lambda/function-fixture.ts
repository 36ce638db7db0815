import { FunctionDefinition } from '../../../simulator/lambda/function-definition';
import { LambdaSurroundings } from '../../../simulator/lambda/simulated-lambda';

export const ACCOUNT = '111111111111';

/** A simulated account that gives out recognizable credentials. */
export function surroundings(endpoint = 'http://127.0.0.1:9'): LambdaSurroundings {
  return {
    endpoint,
    identities: {
      issueCredentials: ({ accountId, sessionName }) => ({
        accessKeyId: `KEY-OF-${accountId}`,
        secretAccessKey: 'secret',
        sessionToken: `session of ${sessionName}`,
      }),
    },
  };
}

export function functionOf(inlineSource: string, overrides: Partial<FunctionDefinition> = {}): FunctionDefinition {
  const functionName = overrides.functionName ?? 'subject';
  return {
    functionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${functionName}`,
    functionName,
    accountId: ACCOUNT,
    region: 'eu-west-1',
    roleArn: `arn:aws:iam::${ACCOUNT}:role/subject`,
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    code: { inlineSource },
    environment: {},
    timeoutSeconds: 900,
    memorySizeInMegabytes: 128,
    logGroupName: `/aws/lambda/${functionName}`,
    ...overrides,
  };
}
