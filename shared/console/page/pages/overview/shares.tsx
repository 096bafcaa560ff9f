interface Row {
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
  readonly text?: string;
}

/** From so much on a share is worth a look. */
const MUCH = 0.8;

/** A table of shares, each with a bar of its length. */
export function Shares({
  heads,
  rows,
}: {
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
}) {
  return (
    <table class="table shares">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, share, text }) => (
          <tr key={name}>
            <th scope="row" data-label={heads[0]}>
              {name}
            </th>
            <td data-label={heads[1]}>
              <span class="bar" aria-hidden="true">
                <span
                  class={share >= MUCH ? 'full' : ''}
                  style={{ width: `${Math.min(1, share) * 100}%` }}
                />
              </span>
              {(share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 0)} %
            </td>
            {text !== undefined && <td data-label={heads[2]}>{text}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
