import { Fn, Token } from 'aws-cdk-lib';

/** The id of an account, given as an id or as the ARN of the account as a principal. */
export function accountIdOf(account: string): string {
  if (!Token.isUnresolved(account)) {
    return /\d{12}/.exec(account)![0];
  }
  // Which of the two it is shows at deployment only. Said twice with the middle of an ARN in between, either form has the id after the
  // first ':iam::', up to the next colon or the end.
  const afterMiddle = Fn.select(1, Fn.split(':iam::', `${account}:iam::${account}`));
  return Fn.select(0, Fn.split(':', afterMiddle));
}
