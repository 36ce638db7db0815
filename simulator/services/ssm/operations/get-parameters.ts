import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { accessTo } from '../access';
import { parameterAnswer } from '../answers';
import { parameterNotFound, versionNotFound } from '../errors';
import { parameterSelection } from '../parameter-names';
import { placeOf } from '../place';
import { ShownParameters } from '../shown-parameters';

interface GetOneInput {
  readonly Name: string;
  readonly WithDecryption?: boolean;
}

interface GetSeveralInput {
  readonly Names: readonly string[];
  readonly WithDecryption?: boolean;
}

export class GetParameter implements Operation<GetOneInput> {
  constructor(private readonly shown: ShownParameters) {}

  requiredAccess({ Name }: GetOneInput, context: CallContext): RequiredAccess {
    return accessTo(this.shown.store, parameterSelection(Name, placeOf(context)));
  }

  perform({ Name, WithDecryption }: GetOneInput, context: CallContext) {
    const selection = parameterSelection(Name, placeOf(context));
    const parameter = this.shown.store.find(selection);
    if (!parameter) throw parameterNotFound();
    const version = this.shown.store.version(selection);
    if (!version) throw versionNotFound(parameter.name, selection.selector!);
    return { Parameter: parameterAnswer(parameter, version, WithDecryption) };
  }
}

export class GetParameters implements Operation<GetSeveralInput> {
  constructor(private readonly shown: ShownParameters) {}

  requiredAccess({ Names }: GetSeveralInput, context: CallContext): RequiredAccess[] {
    return Names.map((name) => accessTo(this.shown.store, parameterSelection(name, placeOf(context))));
  }

  perform({ Names, WithDecryption }: GetSeveralInput, context: CallContext) {
    const asked = Names.map((name) => ({ name, selection: parameterSelection(name, placeOf(context)) }));
    const isThere = ({ selection }: (typeof asked)[number]) => this.shown.store.version(selection) !== undefined;
    return {
      Parameters: asked.filter(isThere).map(({ selection }) => (
        parameterAnswer(this.shown.store.find(selection)!, this.shown.store.version(selection)!, WithDecryption))),
      InvalidParameters: asked.filter((one) => !isThere(one)).map(({ name }) => name),
    };
  }
}
