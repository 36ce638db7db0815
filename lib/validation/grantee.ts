import { GranteeProperties } from '../grant/grant-properties';

/** An account whose id shows at deployment only is left to License Manager to refuse. */
export function requireOtherAccount({ Kind, Identifier }: GranteeProperties, account: string): void {
  if (Kind === 'ACCOUNT' && (Identifier === account || Identifier?.endsWith(`:iam::${account}:root`))) {
    throw new Error(
      '`grantee` must be another account than that of the stack, which holds the license itself, got the same; name an account that is to receive it',
    );
  }
}
