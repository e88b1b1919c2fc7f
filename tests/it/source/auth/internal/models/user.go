package models

// A conflict of two users is no code: nothing here is "conflict of keys", and row.conflict is a column.
func (u *User) Ban(conflict bool) error {
	if u.conflict {
		return apierrors.NewConflictError(apierrors.ErrorCodeUserBanned, "user_banned_by_admin")
	}
	return nil
}
