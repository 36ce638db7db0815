import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { accessTo } from '../access';
import { parameterNotFound } from '../errors';
import { ParameterStore } from '../parameter-store';
import { placeOf } from '../place';

interface DeleteOneInput {
  readonly Name: string;
}

interface DeleteSeveralInput {
  readonly Names: readonly string[];
}

export class DeleteParameter implements Operation<DeleteOneInput> {
  constructor(private readonly store: ParameterStore) {}

  requiredAccess({ Name: name }: DeleteOneInput, context: CallContext): RequiredAccess {
    return accessTo(this.store, { ...placeOf(context), name });
  }

  perform({ Name: name }: DeleteOneInput, context: CallContext) {
    if (!this.store.remove({ ...placeOf(context), name })) throw parameterNotFound();
    return {};
  }
}

export class DeleteParameters implements Operation<DeleteSeveralInput> {
  constructor(private readonly store: ParameterStore) {}

  requiredAccess({ Names }: DeleteSeveralInput, context: CallContext): RequiredAccess[] {
    return Names.map((name) => accessTo(this.store, { ...placeOf(context), name }));
  }

  perform({ Names }: DeleteSeveralInput, context: CallContext) {
    const deleted = Names.filter((name) => this.store.remove({ ...placeOf(context), name }));
    return { DeletedParameters: deleted, InvalidParameters: Names.filter((name) => !deleted.includes(name)) };
  }
}
