import { type Role, roles } from '../../../role.ts';
import { t } from '../../words.ts';

/** Chooses one of the roles. */
export function RoleSelect({
  role,
  label,
  onChange,
}: {
  readonly role: Role;
  readonly label?: string;
  readonly onChange: (role: Role) => unknown;
}) {
  return (
    <select
      value={role}
      aria-label={label}
      onChange={(event) => {
        const chosen = roles.find((each) => each === event.currentTarget.value);
        if (chosen) void onChange(chosen);
      }}
    >
      {roles.map((each) => (
        <option key={each} value={each}>
          {t(each)}
        </option>
      ))}
    </select>
  );
}
