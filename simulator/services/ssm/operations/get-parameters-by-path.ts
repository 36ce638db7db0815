import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { cutPage } from '../../paging';
import { accessTo } from '../access';
import { parameterAnswer } from '../answers';
import { filterIsNotPlayed, invalidNextToken, pathIsInvalid } from '../errors';
import { placeOf } from '../place';
import { ShownParameters } from '../shown-parameters';

interface Input {
  readonly Path: string;
  readonly Recursive?: boolean;
  readonly WithDecryption?: boolean;
  readonly ParameterFilters?: readonly { readonly Key: string }[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** The most that a page may have, and what it has if nobody says: the service's model and its API reference. */
const PAGE_SIZE = 10;

export class GetParametersByPath implements Operation<Input> {
  constructor(private readonly shown: ShownParameters) {}

  requiredAccess({ Path: name, Recursive }: Input, context: CallContext): RequiredAccess {
    return accessTo(this.shown.store, { ...placeOf(context), name }, { 'ssm:Recursive': String(Recursive ?? false) });
  }

  perform({ Path, Recursive, WithDecryption, ParameterFilters = [], MaxResults, NextToken }: Input, context: CallContext) {
    if (!Path.startsWith('/')) throw pathIsInvalid();
    if (ParameterFilters.length > 0) throw filterIsNotPlayed(ParameterFilters[0].Key);
    const folder = Path.endsWith('/') ? Path : `${Path}/`;
    const below = this.shown.store.in(placeOf(context)).filter(({ name }) => name.startsWith(folder) && (Recursive || !name.slice(folder.length).includes('/')));
    const page = cutPage(below, { token: NextToken, size: MaxResults ?? PAGE_SIZE, now: context.now });
    if (!page) throw invalidNextToken();
    return {
      Parameters: page.items.map((parameter) => parameterAnswer(parameter, parameter.versions.at(-1)!, WithDecryption)),
      NextToken: page.nextToken,
    };
  }
}
