const colours = ['#3d6fd9', '#b4531f', '#7a4fc4', '#0f7b6c', '#a83a6b', '#5c6b1f'];

/** A follower by the first letter of the name; the account, without a name, by its sign. */
export function Avatar({ name, size = 40 }: { readonly name: string; readonly size?: number }) {
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.45}px` };
  if (name === '') {
    return (
      <span class="avatar account" style={style} aria-hidden="true">
        服
      </span>
    );
  }
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return (
    <span
      class="avatar"
      style={{ ...style, background: colours[sum % colours.length] }}
      aria-hidden="true"
    >
      {[...name][0]?.toUpperCase()}
    </span>
  );
}
