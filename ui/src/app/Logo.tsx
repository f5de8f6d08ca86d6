/** The fennel stalk in which fire was carried down: a green stalk, a flame at its top. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <path
        d="M16.3 1.6c1.2 3.6 5.9 5.5 5.9 10.5 0 3.5-2.7 6.1-6.2 6.1s-6.2-2.6-6.2-6.1c0-2.7 1.5-4.3 2.6-6 .5 1.5 1.1 2.4 2.1 3 .9-2.2 1.4-4.6 1.8-7.5z"
        fill="#f76707"
      />
      <path
        d="M16.2 9.2c.5 1.8 2.7 2.7 2.7 5 0 1.7-1.3 2.9-2.9 2.9s-2.9-1.2-2.9-2.9c0-1.6 1-2.4 1.6-3.4.3.7.5 1 .8 1.2.4-.9.6-1.7.7-2.8z"
        fill="#ffd43b"
      />
      <path d="M12.2 17.2h7.6l-1.1 13.2h-5.4z" fill="#40c057" />
      <path d="M13 22.4h6M13.3 26.4h5.4" stroke="#1b6e2c" strokeWidth="1.1" fill="none" />
      <path
        d="M12.9 21.9c-3.1-.3-5.3-1.9-6.6-4.5M19.1 25.9c3.2-.3 5.4-1.7 6.8-4.2"
        stroke="#40c057"
        strokeWidth="1.7"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}
