import { CallContext } from '../../wire/service';

/**
 * A request names a function by its name, the end of its ARN or its whole ARN, each with or without a qualifier.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax
 */
export function functionArnOf(functionName: string, qualifier: string | undefined, { caller, region }: Pick<CallContext, 'caller' | 'region'>): string {
  const parts = functionName.split(':');
  const marker = parts.indexOf('function');
  const [name, ownQualifier] = parts.slice(marker + 1);
  const place = functionName.startsWith('arn:')
    ? parts.slice(0, 5).join(':')
    : `arn:aws:lambda:${region}:${marker > 0 ? parts[marker - 1] : caller.accountId}`;
  const chosen = ownQualifier ?? qualifier;
  return `${place}:function:${name}${chosen === undefined ? '' : `:${chosen}`}`;
}
